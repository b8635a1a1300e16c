using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Events.CatchUp;

/// <summary>
/// What a stream is about, as its source knows it. The inbox keeps a hash only, so it is read from an event whose content is kept.
/// </summary>
internal static class StreamSubject
{
    /// <summary>The enterprise or property of a stream; null: of none of its events the content is kept.</summary>
    /// <exception cref="InvalidOperationException">A stored event names neither.</exception>
    public static async Task<EventSubject?> FindAsync(
        GatewayDb db,
        EventContent content,
        string streamId,
        CancellationToken cancellationToken
    )
    {
        var row = await db.Set<EventRow>()
            .AsNoTracking()
            .OrderBy(row => row.ReceiptId)
            .FirstOrDefaultAsync(row => row.StreamId == streamId && row.MessageId != null, cancellationToken);
        return row is null ? null : From((await content.ReadAsync(row)).Input);
    }

    /// <summary>What an event is about. By the same number as its stream.</summary>
    /// <exception cref="InvalidOperationException">It names neither an enterprise nor a property.</exception>
    public static EventSubject From(EventInput input)
    {
        var numbers = TransferredProperty.NumbersOf(input.Data?.Transfer?.Premises);
        return numbers.Unit is { } unit ? new EventSubject.Unit(unit)
            : numbers.Certificate is { } certificate ? new EventSubject.Certificate(certificate)
            : CreditCode.Parse(input.Data?.Enterprise?.Uscc) is { IsValid: true } code
                ? new EventSubject.Enterprise(code.Value)
            : throw new InvalidOperationException("A stored event names neither an enterprise nor a property.");
    }
}
