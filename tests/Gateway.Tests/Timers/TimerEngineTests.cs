using System.Collections.Concurrent;
using Integration.Gateway.Platform.Timers;
using Integration.Testing;
using Integration.Testing.Databases;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Gateway.Tests.Timers;

/// <summary>A node whose engine runs one handler that says what it was woken for.</summary>
public abstract class TimerEngineTests<TDatabase> : IAsyncLifetime
    where TDatabase : TestDatabase, new()
{
    protected TDatabase Database { get; } = new();

    private protected RecordingHandler Handler { get; } = new();

    private protected ServiceHost Host { get; set; } = null!;

    protected static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        await Database.CreateAsync();
        Host = await StartAsync();
        await UntilAsync(() => Host.Get<TimerEngine>().IsReady);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<ServiceHost> StartAsync() =>
        ServiceHost.StartAsync(Database, with: builder => builder.Services.AddSingleton<ITimerHandler>(Handler));

    protected Task SetAsync(string key, TimeSpan after) => SetToAsync(key, Now + after);

    protected async Task SetToAsync(string key, DateTimeOffset? dueAt)
    {
        await using var db = Host.Db();
        DurableTimer.Set(db, Handler.Kind, key, dueAt);
        await db.SaveChangesAsync();
    }

    protected async Task SetWithinAsync(string key, DateTimeOffset dueAt, Func<IDbContextTransaction, Task> end)
    {
        await using var db = Host.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        DurableTimer.Set(db, Handler.Kind, key, dueAt);
        await db.SaveChangesAsync();
        await end(transaction);
    }

    protected Task FiredAsync(string key) => UntilAsync(() => Handler.Fired.Contains(key));

    protected async Task GoneAsync(string key)
    {
        await using var db = Host.Db();
        await UntilAsync(() => !db.Set<TimerRow>().Any(row => row.Key == key));
    }

    protected static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private protected sealed class RecordingHandler : ITimerHandler
    {
        public string Kind => "test";

        public ConcurrentQueue<string> Fired { get; } = new();

        /// <summary>Cancelled when the node stops.</summary>
        public CancellationToken Stopping { get; private set; }

        public Func<string, Task<DateTimeOffset?>> Then { get; set; } = _ => Task.FromResult<DateTimeOffset?>(null);

        public Task<DateTimeOffset?> HandleAsync(TimerCall call, CancellationToken cancellationToken)
        {
            Stopping = cancellationToken;
            Fired.Enqueue(call.Key);
            return Then(call.Key);
        }
    }
}
