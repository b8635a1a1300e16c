using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Events.Model;
using Integration.Gateway.Platform.Protection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Events;

public class NotifiedConflictsTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly NotifiedConflicts _notified;

    public NotifiedConflictsTests() => _notified = new NotifiedConflicts(_clock);

    [Fact]
    public void The_same_is_notified_once_an_hour_however_often_it_comes()
    {
        var told = 0;
        for (var minute = 0; minute < 180; minute++)
        {
            told += _notified.TryClaim(Conflict("evr_1", 1)) ? 1 : 0;
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(3, told);
    }

    [Fact]
    public void Another_digest_and_another_event_are_notified_at_once()
    {
        Assert.True(_notified.TryClaim(Conflict("evr_1", 1)));
        Assert.True(_notified.TryClaim(Conflict("evr_1", 2)));
        Assert.True(_notified.TryClaim(Conflict("evr_2", 1)));
        Assert.False(_notified.TryClaim(Conflict("evr_1", 1)));
    }

    [Fact]
    public void What_could_not_be_notified_is_notified_the_next_time()
    {
        Assert.True(_notified.TryClaim(Conflict("evr_1", 1)));
        _notified.Release(Conflict("evr_1", 1));
        Assert.True(_notified.TryClaim(Conflict("evr_1", 1)));
    }

    [Fact]
    public void Memory_is_bounded_and_more_than_it_holds_is_notified_again()
    {
        for (var i = 0; i <= 10_000; i++)
        {
            Assert.True(_notified.TryClaim(Conflict($"evr_{i}", 1)));
        }

        Assert.True(_notified.TryClaim(Conflict("evr_1", 1)));
        Assert.False(_notified.TryClaim(Conflict("evr_10000", 1)));
    }

    private static EventConflict Conflict(string receiptId, byte digest) =>
        new(
            new EventRow
            {
                ReceiptId = receiptId,
                Source = "municipal-9210",
                EventId = receiptId,
                Digest = ProtectedText.FromCiphertext([0]),
                Type = EventTypes.Opened,
                StreamId = "s",
                CaseId = "9210-1",
                Client = "municipal",
                HappenedAt = default,
                ReceivedAt = default,
                AcceptBy = default,
                State = EventState.Received,
                NextAttemptAt = default,
                History = "[]",
            },
            [digest]
        );
}
