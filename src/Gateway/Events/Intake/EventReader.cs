using System.Security.Cryptography;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Policy;
using Integration.Gateway.Signatures;
using Microsoft.Extensions.Options;

namespace Integration.Gateway.Events.Intake;

/// <summary>Understands the bytes of a verified message: its events, each with what it says or with every fault at once.</summary>
internal sealed class EventReader(
    EventSources sources,
    PersonalDataVault vault,
    PolicyBook policies,
    IOptions<EventOptions> options
)
{
    /// <summary>Reads a message.</summary>
    /// <param name="message">Verified bytes.</param>
    /// <param name="form">How it came: only a batch, or a message that carries its content, may hold several events.</param>
    /// <param name="now">The moment of the delivery.</param>
    /// <returns>The events in their order; 422 <c>event-invalid</c> when it cannot be told where one ends.</returns>
    public Result<ReadMessage> Read(SignedMessage message, DeliveryForm form, DateTimeOffset now)
    {
        var content = message.Content;
        var isBatch = form == DeliveryForm.Batch || form == DeliveryForm.Attached && EventBatch.IsArray(content.Span);
        if (!isBatch)
        {
            return new ReadMessage(isBatch, [ReadOne(message, content, index: 0, place: string.Empty, now)]);
        }

        if (JsonSyntax.FirstFault(content.Span) is { } broken)
        {
            return EventProblems.Invalid([broken]);
        }

        if (!EventBatch.IsArray(content.Span))
        {
            return Invalid("wrong-type", "A batch is an array of events.");
        }

        var elements = EventBatch.Elements(content);
        return elements.Count == 0 ? Invalid("length", "A batch has at least one event.")
            : elements.Count > options.Value.LargestBatch
                ? Invalid("length", $"A batch has {options.Value.LargestBatch} events at most.")
            : new ReadMessage(
                isBatch,
                [.. elements.Select((bytes, index) => ReadOne(message, bytes, index, $"/{index}", now))]
            );
    }

    private ReadEvent ReadOne(
        SignedMessage message,
        ReadOnlyMemory<byte> bytes,
        int index,
        string place,
        DateTimeOffset now
    )
    {
        var attributes = new AttributeReader(sources, message.Signer.Owner, options.Value, now);
        var read = StrictJson.Understand(
            bytes.Span,
            ApiJson.For<EventInput>(),
            (EventInput input, FaultList faults) => Understand(input, attributes, now, faults)
        );
        var understood = read.Succeeded(out var body, out var refusal);
        Result<ReceivedEvent> content =
            attributes.IsForeign
                ? Refusal.SignatureInvalid("Rule source: the certificate is registered for another source.")
            : understood ? body!.Value
            : EventProblems.Invalid(At(place, refusal!.Errors ?? []));
        return new ReadEvent(index, SHA256.HashData(bytes.Span), attributes.EventId, content);
    }

    private ReceivedEvent? Understand(
        EventInput input,
        AttributeReader attributes,
        DateTimeOffset now,
        FaultList faults
    )
    {
        attributes.Check(input, faults);
        var subject =
            input.Type == EventTypes.Transferred
                ? new TransferDataReader(policies.InForce(now), now, faults).Check(input.Data)
                : new EventDataReader(input.Type, now, faults).Check(input.Data)?.Value;
        return faults.IsEmpty && subject is { } known
            ? new ReceivedEvent
            {
                Input = input,
                Sequence = AttributeReader.SequenceOf(input),
                StreamId = vault.HashOf("event-stream", $"{input.Source}\n{known}").Value,
            }
            : null;
    }

    private static Refusal Invalid(string code, string message) =>
        EventProblems.Invalid([new FieldFault(string.Empty, code, message)]);

    private static IReadOnlyList<FieldFault> At(string place, IReadOnlyList<FieldFault> faults) =>
        place.Length == 0 ? faults : [.. faults.Select(fault => fault with { Pointer = place + fault.Pointer })];
}
