using Integration.Gateway;
using Integration.Gateway.Evidence;
using Microsoft.EntityFrameworkCore.Storage;

namespace Integration.Benchmarks;

/// <summary>The gateway with a writer that throws evidence away. It exists only here, to know what evidence costs.</summary>
internal static class WithoutEvidence
{
    public static async Task<int> Run(string[] arguments)
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

    private sealed class NoWriter(EvidenceLog log) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            new Thread(Run) { IsBackground = true }.Start();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            log.Close();
            return Task.CompletedTask;
        }

        private void Run()
        {
            var batch = new List<EvidenceEntry>();
            while (log.TakeBatch(batch))
            {
                foreach (var entry in batch)
                {
                    IReadOnlyList<EvidencePosition> positions =
                    [
                        .. entry.Drafts.Select(draft => new EvidencePosition(draft.EvidenceId, "none", 0, [])),
                    ];
                    entry.Committed(SealedEvidence.Commit(new NoTransaction(), [positions]).Single());
                }

                // As a disk would: otherwise every request would wake this thread, which is dearer than what is measured.
                Thread.Sleep(1);
            }
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
