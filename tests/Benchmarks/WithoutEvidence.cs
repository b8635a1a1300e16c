using Integration.Gateway;
using Integration.Gateway.Evidence;
using Microsoft.EntityFrameworkCore.Storage;

namespace Integration.Benchmarks;

/// <summary>The gateway with a writer that throws evidence away. It exists only here, to know what evidence costs.</summary>
internal static class WithoutEvidence
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        builder.AddGateway();
        builder.Services.Remove(
            builder.Services.Single(service => service.ImplementationType == typeof(EvidenceWriter))
        );
        builder.Services.AddHostedService<NoWriter>();
        var app = builder.Build();
        app.UseGateway();
        await app.RunAsync();
        return 0;
    }

    /// <summary>
    /// Takes what waits every millisecond, in groups, as a disk would: woken by each request it would be dearer than what is
    /// measured.
    /// </summary>
    private sealed class NoWriter(EvidenceLog log, TimeProvider time) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var batch = new List<EvidenceEntry>();
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1), time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                while (log.Waiting > 0 && log.TakeBatch(batch))
                {
                    batch.ForEach(ThrowAway);
                }
            }
        }

        private static void ThrowAway(EvidenceEntry entry)
        {
            IReadOnlyList<EvidencePosition> positions =
            [
                .. entry.Unit.Evidence.Select(draft => new EvidencePosition(draft.EvidenceId, "none", 0, [])),
            ];
            entry.Committed(SealedEvidence.Commit(new NoTransaction(), [positions]).Single());
        }
    }

    private sealed class NoTransaction : IDbContextTransaction
    {
        public Guid TransactionId => Guid.Empty;

        public void Commit() { }

        public Task CommitAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void Rollback() { }

        public Task RollbackAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
