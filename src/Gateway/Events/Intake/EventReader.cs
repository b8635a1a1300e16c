using System.Globalization;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Sources;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Signatures;

namespace Integration.Gateway.Events.Intake;

/// <summary>Understands the bytes of a verified message: an event, or every fault at once.</summary>
internal sealed class EventReader(EventSources sources, PersonalDataVault vault)
{
    /// <summary>One event that came alone.</summary>
    public Result<ReceivedEvent> Read(SignedMessage message)
    {
        var read = StrictJson.Understand(
            message.Content.Span,
            ApiJson.Of<EventInput>(),
            (EventInput input, FaultList faults) => Understand(input, message, message.Content, faults)
        );
        if (read.Succeeded(out var body, out var refusal))
        {
            return body.Value;
        }

        return refusal.Errors is { } faults ? Refusal.EventInvalid(faults) : refusal;
    }

    private ReceivedEvent? Understand(
        EventInput input,
        SignedMessage message,
        ReadOnlyMemory<byte> bytes,
        FaultList faults
    )
    {
        if (input.Source is null || sources.Find(input.Source) is not { } source)
        {
            faults.Add("/source", "unknown-value", "No such source is registered.");
            return null;
        }

        if (faults.Read("/data/enterprise/uscc", CreditCode.Parse(input.Data?.Enterprise?.Uscc)) is not { } code)
        {
            return null;
        }

        return new ReceivedEvent
        {
            Message = message,
            Source = source,
            Bytes = bytes,
            Input = input,
            Sequence = input.Sequence is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null,
            StreamId = vault.HashOf("event-stream", $"{source.Name}\n{code.Value}").Value,
        };
    }
}
