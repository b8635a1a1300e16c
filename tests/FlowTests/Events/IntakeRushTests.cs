using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Intake;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Integration.FlowTests.Events;

/// <summary>Receipts come first while many deliveries are in flight, but not for ever.</summary>
public sealed class IntakeRushTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
    private readonly List<IDisposable> _inFlight = [];
    private IntegrationHost _host = null!;
    private MunicipalDriver _municipal = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IntegrationHost.StartAsync(new() { Clock = _clock });
        _municipal = _host.Municipal();
        var rush = _host.Services.GetRequiredService<IntakeBackpressure>();
        _inFlight.AddRange(Enumerable.Range(0, 16).Select(_ => (IDisposable)rush.Enter()));
    }

    public async ValueTask DisposeAsync()
    {
        _municipal.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Processing_waits_while_deliveries_pour_in_and_starts_when_they_ebb()
    {
        var receipt = await SentAsync();
        _clock.Advance(TimeSpan.FromMinutes(4));
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(EventState.Received, (await _municipal.ReadAsync(receipt)).State);

        _inFlight.ForEach(delivery => delivery.Dispose());

        await ProcessedAsync(receipt);
    }

    [Fact]
    public async Task After_five_minutes_it_waits_no_longer()
    {
        var receipt = await SentAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(EventState.Received, (await _municipal.ReadAsync(receipt)).State);

        _clock.Advance(IntakeBackpressure.Longest);

        await ProcessedAsync(receipt);
    }

    private async Task<string> SentAsync() =>
        (await _municipal.AcceptedAsync(MunicipalEvents.Opened(time: _clock.GetUtcNow()))).ReceiptId;

    private Task ProcessedAsync(string receipt) =>
        Eventually.GetAsync(
            "processed",
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return _municipal.ReadAsync(receipt);
            },
            answer => answer.State == EventState.Processed
        );
}
