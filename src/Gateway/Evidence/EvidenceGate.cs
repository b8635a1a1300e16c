using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Evidence;

/// <summary>
/// Stands before every question to an agency. After a failed commit no question leaves until a write has succeeded: an agency's log must
/// not show a question that ours does not.
/// </summary>
internal sealed class EvidenceGate(EvidenceLog log, IDbContextFactory<GatewayDb> factory, TimeProvider time)
    : IDisposable
{
    /// <summary>A page of a full disk may still have room for a small record; this many characters need new pages.</summary>
    private const int ProbeLength = 128 * 1024;

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Whether a question may leave; costs nothing unless the last commit failed.</summary>
    /// <returns>Null: it may. Else 503 <c>unavailable</c>; nothing was asked.</returns>
    public async Task<Refusal?> FindRefusalAsync()
    {
        if (log.UnavailableAt is null)
        {
            return null;
        }

        await _one.WaitAsync();
        try
        {
            return log.UnavailableAt is not { } since || await IsWritableAsync(since) ? null : Refusal.Unavailable;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<bool> IsWritableAsync(DateTimeOffset since)
    {
        try
        {
            await WriteProbeAsync();
        }
        catch (Exception reason) when (CommitFailures.Classify(reason) == CommitFailure.Unavailable)
        {
            log.SetUnavailable();
            return false;
        }

        log.SetAvailable(since);
        return true;
    }

    /// <summary>A record is inserted, removed and committed: no reader ever sees it, and it belongs to no chain.</summary>
    private async Task WriteProbeAsync()
    {
        var name = Identifiers.New("probe", time);
        await using var db = await factory.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var row = new EvidenceRow
        {
            Chain = name,
            Sequence = 0,
            EvidenceId = name,
            CaseId = name,
            CaseOwner = name,
            CallerId = name,
            Kind = "probe",
            At = DateTimeOffset.UnixEpoch,
            Record = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(ProbeLength / 2)),
            PreviousHash = new byte[32],
            Hash = new byte[32],
        };
        db.Append(row);
        db.WriteAppended();
        await db.Set<EvidenceRow>().Where(probe => probe.Chain == name).ExecuteDeleteAsync();
        await transaction.CommitAsync();
    }
}
