using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Integration.Adapters.Ports;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Answering;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Sharing.Filtering;

namespace Integration.Gateway.Sharing.Forwarding;

/// <summary>
/// Sends the test question that the catalogue states for an agency, signed as a forwarded request is:
/// <code>
/// place at the agency ──▶ signature ──▶ first address ──▶ status, key, format ──▶ on record ──▶ what came of it
/// </code>
/// The answer is read to its end and thrown away. Once begun it is seen to its end, even when the operator has gone.
/// </summary>
internal sealed class TestCall(
    CatalogueDirectory catalogues,
    IAgencyGates gates,
    SharedEvidence evidence,
    TimeProvider time
)
{
    /// <summary>Bytes of the answer. That to a test question is short.</summary>
    private const int AnswerBytes = 64 * 1024;

    private static readonly FilterLimits s_limits = new();

    /// <summary>The agency's first test, in the order of the catalogue, whose approval holds; null: there is none.</summary>
    public PlannedTest? Find(string agency)
    {
        var catalogue = catalogues.Current;
        var operation = catalogue.Operations.FirstOrDefault(operation =>
            operation.Agency.Name == agency
            && operation.Entry.Test is not null
            && operation.IsApprovedAt(time.GetUtcNow())
        );
        return operation is null ? null : new PlannedTest(operation, catalogue.Version);
    }

    /// <summary>Takes at most the time of one attempt at the agency, and the time to put it on record.</summary>
    /// <returns>What came of it; a refusal when it cannot be put on record, even when the agency answered.</returns>
    public async Task<Result<TestedCall>> RunAsync(PlannedTest plan, Caller caller)
    {
        var call = new TestedCall(plan, caller, time);
        call.Failure = await AskAsync(call);
        return (await evidence.TestedAsync(call)).Succeeded(out var sealedEvidence, out var unavailable)
            ? sealedEvidence.Release(call).Answer
            : unavailable;
    }

    private async Task<AgencyFailure?> AskAsync(TestedCall call)
    {
        var agency = call.Operation.Agency;
        using var place = await gates.EnterAsync(
            agency.Name,
            call.Caller.Id,
            CallPriority.Batch,
            CancellationToken.None
        );
        if (place.Failure is { } noPlace)
        {
            return noPlace;
        }

        using var patience = new CancellationTokenSource(agency.AttemptTime, time);
        using var http = new HttpMessageInvoker(OutgoingConnections.Create(agency.ConnectTime));
        try
        {
            var first = await AttemptAsync(call, http, patience.Token);
            return first != AgencyFailures.KeyRefused
                ? first
                : await place.CountAgainAsync(patience.Token) ?? await AttemptAsync(call, http, patience.Token);
        }
        catch (Exception) when (patience.IsCancellationRequested)
        {
            return AgencyFailures.TimeOut;
        }
        catch (Exception exception) when (AnswerReceiver.FailureOf(exception) is not null)
        {
            return AnswerReceiver.FailureOf(exception);
        }
    }

    private async Task<AgencyFailure?> AttemptAsync(
        TestedCall call,
        HttpMessageInvoker http,
        CancellationToken cancellationToken
    )
    {
        var operation = call.Operation;
        var body = Encoding.UTF8.GetBytes(operation.Entry.Test!.Body ?? string.Empty);
        using var request = RequestOf(operation);
        var question = new ForwardedQuestion(call.CaseId, call.RequestId, body);
        if (await operation.Service.SignAsync(request, question, cancellationToken) is { } unsigned)
        {
            return unsigned;
        }

        var sent = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        call.RequestDigest = Convert.ToHexStringLower(SHA256.HashData(sent));
        call.Attempts++;
        (call.Status, call.AnswerDigest) = (null, null);
        using var answer = await http.SendAsync(request, cancellationToken);
        call.Status = answer.StatusCode;
        return AnswerReceiver.FailureOfForm(answer, operation, AnswerBytes)
            ?? await ReadAsync(call, answer, cancellationToken);
    }

    /// <summary>As a forwarded request's answer is read, with nothing granted but the envelope and no caller to hand it to.</summary>
    private async Task<AgencyFailure?> ReadAsync(
        TestedCall call,
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        var operation = call.Operation;
        await using var raw = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await using var body = new AgencyBody(
            raw,
            AnswerBytes,
            () => operation.Agency.AttemptTime,
            time,
            cancellationToken
        );
        await body.LookAtHeadAsync();
        if (operation.Service.RefusedKey(answer.RequestMessage!, (int)answer.StatusCode, body.Short))
        {
            return AgencyFailures.KeyRefused;
        }

        if (!answer.IsSuccessStatusCode && !AnswerReceiver.IsFault(operation, answer.StatusCode))
        {
            return AgencyFailures.FromStatus(answer.StatusCode);
        }

        var nowhere = PipeWriter.Create(Stream.Null);
        var watch = new AnswerWatch([.. operation.Entry.Answer.Bind.Select(_ => (BoundValue?)null)]);
        var fault = await operation.Filter.RunAsync(
            body,
            nowhere,
            operation.Granted([]),
            s_limits,
            watch,
            cancellationToken
        );
        call.AnswerDigest = body.Digest;
        return fault is not null ? AnswerReceiver.Failure(fault, watch)
            : answer.IsSuccessStatusCode ? CodeVerdict.FailureOf(operation.Entry.Answer.Codes, watch)
            : AgencyFailures.FromStatus(answer.StatusCode);
    }

    private static HttpRequestMessage RequestOf(SharedOperation operation)
    {
        var test = operation.Entry.Test!;
        _ = operation.Path.Matches(test.Path, out var values); // it fits: the catalogue was checked
        return new HttpRequestMessage(
            HttpMethod.Parse(operation.Entry.AgencyMethod ?? operation.Entry.Methods[0]),
            ShareCall.At(operation.Agency.Addresses[0].ToString(), operation.Target.Fill(values), query: string.Empty)
        );
    }
}
