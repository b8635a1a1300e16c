using System.Text.Json;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Evidence;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Events.Intake;

/// <summary>What a sender is told. Each receipt is signed by itself, so that it can be kept by itself.</summary>
internal sealed class DeliveryResponses(ReceiptSigner signer, EventMetrics metrics)
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>The answer to a delivery that was refused as a whole.</summary>
    public IResult Refused(Refusal refusal)
    {
        metrics.Received(refusal.Code);
        return refusal.ToProblem();
    }

    /// <summary>The answer to a delivery that was taken apart.</summary>
    public IResult From(DeliveryOutcome delivery)
    {
        foreach (var outcome in delivery.Results)
        {
            Count(outcome);
        }

        return delivery.IsBatch
            ? Batch(delivery.Results)
            : delivery.Results[0].Match(receipt => Committed(signer.Sign(receipt)));
    }

    /// <summary>Element by element as soon as one is committed, else what is wrong with all.</summary>
    private IResult Batch(IReadOnlyList<Result<EventReceipt>> outcomes)
    {
        var refusals = outcomes.Select(outcome => outcome.Succeeded(out _, out var refusal) ? null : refusal).ToList();
        return refusals.Contains(null) ? Committed(Write(outcomes)) : None(refusals!).ToProblem();
    }

    private static IResult Committed(byte[] body) => Results.Text(body, Json, StatusCodes.Status202Accepted);

    /// <summary>Nothing was committed: what could be sent again as it is comes first, then faults, each at its place.</summary>
    private static Refusal None(IReadOnlyList<Refusal> refusals) =>
        refusals.FirstOrDefault(refusal => refusal.Retry == RetryAdvice.Safe)
        ?? (
            refusals.DistinctBy(refusal => refusal.Code, StringComparer.Ordinal).Count() == 1
            && refusals[0].Errors is null
                ? refusals[0]
                : EventProblems.Invalid(Faults(refusals))
        );

    private static IReadOnlyList<FieldFault> Faults(IReadOnlyList<Refusal> refusals)
    {
        var faults = new FaultList();
        for (var i = 0; i < refusals.Count; i++)
        {
            foreach (var fault in refusals[i].Errors ?? [new FieldFault($"/{i}", refusals[i].Code, refusals[i].Title)])
            {
                faults.Add(fault);
            }
        }

        return faults.ToList();
    }

    private byte[] Write(IReadOnlyList<Result<EventReceipt>> outcomes)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            for (var i = 0; i < outcomes.Count; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("index", i);
                WriteOutcome(json, outcomes[i]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private void WriteOutcome(Utf8JsonWriter json, Result<EventReceipt> outcome)
    {
        if (outcome.Succeeded(out var receipt, out var refusal))
        {
            json.WritePropertyName("receipt");
            json.WriteRawValue(signer.Sign(receipt), skipInputValidation: true);
        }
        else
        {
            json.WritePropertyName("problem");
            JsonSerializer.Serialize(json, ProblemResult.ProblemOf(refusal), ApiJson.For<Problem>());
        }
    }

    private void Count(Result<EventReceipt> outcome) =>
        metrics.Received(
            outcome.Succeeded(out var receipt, out var refusal)
                ? JsonNamingPolicy.CamelCase.ConvertName(receipt.Status.ToString())
                : refusal.Code
        );
}
