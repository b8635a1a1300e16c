using System.IO.Pipelines;
using System.Net;
using Integration.Adapters.Ports;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Sharing.Catalogue;
using Integration.Gateway.Sharing.Filtering;
using Integration.Gateway.Sharing.Forwarding;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Sharing.Answering;

/// <summary>
/// Reads one answer of an agency:
/// <code>
/// head ──(1)──▶ of a form we take? ──(2)──▶ key refused? ──(3)──▶ a success? ──(4)──▶ filter ──▶ held, or on record and leaving
/// </code>
/// </summary>
internal sealed class AnswerReceiver(SharedEvidence evidence, IOptions<SharingOptions> options, TimeProvider time)
{
    /// <summary>Stands for a field of a record where the filter does not say which.</summary>
    private const string Record = "record";

    private static readonly FilterLimits s_limits = new();
    private static readonly AgencyFailure s_unbound = new(FailureStage.Binding, FailureSide.Agency, "unbound");

    public async ValueTask<Received> ReceiveAsync(HttpContext http, ShareCall call, HttpResponseMessage answer)
    {
        call.Status = answer.StatusCode;
        var now = time.GetUtcNow();
        call.PausesUntil = now + AgencyFailures.PauseAfter(answer, now);
        if (FailureOfForm(answer, call.Operation, call.Operation.Limits.AnswerBytes) is { } failure)
        {
            return new Received.Failed(failure);
        }

        var ended = http.RequestAborted;
        await using var raw = await answer.Content.ReadAsStreamAsync(ended);
        var watch = new AnswerWatch(call.Question.Bound);
        using var sink = new AnswerSink(options.Value.HoldBytes, watch, () => BeginAsync(http, call, watch));
        await using var body = new AgencyBody(
            raw,
            call.Operation.Limits.AnswerBytes,
            () => Patience(call, sink),
            time,
            ended
        );
        try
        {
            return await ReadAsync(call, answer, body, sink, watch, ended);
        }
        catch (Exception) when (ended.IsCancellationRequested)
        {
            return sink.IsStreaming ? new Received.Streamed(sink.Sent, IsComplete: false) : new Received.Abandoned();
        }
        catch (Exception exception) when (FailureOf(exception) is { } broken)
        {
            return Broken(sink, broken);
        }
        finally
        {
            call.AnswerDigest = body.Digest;
        }
    }

    /// <summary>What is wrong with the head of an answer before its body is read; null: nothing.</summary>
    public static AgencyFailure? FailureOfForm(HttpResponseMessage answer, SharedOperation operation, long limit) =>
        AgencyFailures.FromHead(answer, operation.Entry.Repeatable)
        ?? (answer.Content.Headers.ContentLength > limit ? AgencyFailures.TooLarge : null);

    private async ValueTask<Received> ReadAsync(
        ShareCall call,
        HttpResponseMessage answer,
        AgencyBody body,
        AnswerSink sink,
        AnswerWatch watch,
        CancellationToken cancellationToken
    )
    {
        await body.LookAtHeadAsync();
        if (call.Operation.Service.RefusedKey(answer.RequestMessage!, (int)answer.StatusCode, body.Short))
        {
            return new Received.KeyRefused();
        }

        // A SOAP fault comes with a status of its own; the filter reads what it says.
        if (!answer.IsSuccessStatusCode && !IsFault(call.Operation, answer.StatusCode))
        {
            return new Received.Failed(
                AgencyFailures.FromStatus(answer.StatusCode),
                call.PausesUntil - time.GetUtcNow() is { Ticks: > 0 } pause ? pause : null
            );
        }

        var fault = await call.Operation.Filter.RunAsync(body, sink, call.Fields, s_limits, watch, cancellationToken);
        if (sink.Refusal is { } withheld)
        {
            return new Received.Withheld(withheld);
        }

        if (sink.IsUnbound || fault is not null)
        {
            // What the agency itself says of its answer comes before what is wrong with it.
            return Broken(
                sink,
                (watch.Code is null ? null : CodeVerdict.FailureOf(call.Operation.Entry.Answer.Codes, watch))
                    ?? (fault is null ? s_unbound : Failure(fault, watch))
            );
        }

        if (!answer.IsSuccessStatusCode)
        {
            return Broken(sink, AgencyFailures.FromStatus(answer.StatusCode));
        }

        // A caller that went away has cut it off before its end.
        if (!sink.IsCut && CodeVerdict.FailureOf(call.Operation.Entry.Answer.Codes, watch) is { } failed)
        {
            return Broken(sink, failed);
        }

        call.IsNotFound = CodeVerdict.IsNotFound(call.Operation.Entry.Answer.Codes, watch);
        return sink.IsStreaming
            ? new Received.Streamed(sink.Sent, IsComplete: !sink.IsCut)
            : new Received.Held(sink.Held.ToArray());
    }

    /// <summary>Whether the status is that of a SOAP fault.</summary>
    public static bool IsFault(SharedOperation operation, HttpStatusCode status) =>
        operation.Dialect.Answer == WireFormat.SoapPackage && status == HttpStatusCode.InternalServerError;

    private static Received Broken(AnswerSink sink, AgencyFailure failure) =>
        sink.IsStreaming ? new Received.Streamed(sink.Sent, IsComplete: false, failure) : new Received.Failed(failure);

    /// <summary>What an answer that the filter refuses is.</summary>
    public static AgencyFailure Failure(FilterFault fault, AnswerWatch watch) =>
        fault.Kind switch
        {
            FilterFaultKind.Fault => new AgencyFailure(FailureStage.Envelope, FailureSide.Agency, fault.Code),
            FilterFaultKind.Unbound => s_unbound with { Code = watch.Unbound ?? s_unbound.Code },
            // A name twice or a value too long is a fault of one record, and says nothing about the agency.
            FilterFaultKind.DuplicateField or FilterFaultKind.TokenTooLarge => AgencyFailures.Unreadable(
                fault.Code
            ) with
            {
                Field = Record,
            },
            _ => AgencyFailures.Unreadable(fault.Code),
        };

    /// <summary>Null for what is no failure of the agency: a bug.</summary>
    public static AgencyFailure? FailureOf(Exception exception) =>
        exception switch
        {
            AnswerTooLargeException => AgencyFailures.TooLarge,
            TimeoutException => AgencyFailures.TimeOut,
            _ => AgencyFailures.FromTransport(exception),
        };

    /// <summary>Until an answer begins to leave the caller's time counts, from then on only that it does not stand still.</summary>
    private TimeSpan Patience(ShareCall call, AnswerSink sink)
    {
        var stall = TimeSpan.FromSeconds(options.Value.StallSeconds);
        var left = call.Left(time.GetUtcNow());
        return sink.IsStreaming || stall < left ? stall : left;
    }

    private async ValueTask<Result<PipeWriter>> BeginAsync(HttpContext http, ShareCall call, AnswerWatch watch)
    {
        var reason =
            call.Status is { } status && (int)status is < 200 or > 299
                ? AgencyFailures.FromStatus(status)
                : CodeVerdict.FailureOf(call.Operation.Entry.Answer.Codes, watch);
        if (reason is not null)
        {
            var failed = new Received.Failed(reason);
            return (await evidence.UnansweredAsync(call, failed.Reason)).Succeeded(out _, out var unrecorded)
                ? ShareRefusals.From(call, failed)
                : unrecorded;
        }

        if (call.Question.IsKept)
        {
            return (await evidence.WithheldAsync(call)).Succeeded(out _, out var notOnRecord)
                ? ShareRefusals.TooLargeToKeep
                : notOnRecord;
        }

        if (!(await evidence.BegunAsync(call)).Succeeded(out _, out var refusal))
        {
            return refusal;
        }

        ShareResponse.Begin(http, call);
        return http.Response.BodyWriter;
    }
}
