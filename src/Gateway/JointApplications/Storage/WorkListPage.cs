using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Legs;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications.Storage;

/// <summary>Reads work lists.</summary>
internal sealed class WorkListPage(IDbContextFactory<GatewayDb> factory, PersonalDataVault vault)
{
    private const int Longest = 100;

    /// <summary>The legs that wait on a utility's list, oldest first, at most 100.</summary>
    /// <param name="utility">Whose list.</param>
    /// <param name="purposes">What the joint applications are for; others neither appear nor take up room.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ListedLeg>> Read(
        Utility utility,
        IReadOnlyCollection<string> purposes,
        CancellationToken cancellationToken
    )
    {
        var name = JsonNames.Of(utility);
        var wanted = purposes.ToList();
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<WorkListRow>()
            .AsNoTracking()
            .Where(row => row.Utility == name && wanted.Contains(row.Purpose))
            .OrderBy(row => row.Since)
            .ThenBy(row => row.LegId)
            .Take(Longest)
            .ToListAsync(cancellationToken);
        var numbers = rows.Select(row => LegIds.Parse(row.LegId)!.Value.JointId)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var joints = await db.Set<JointRow>()
            .AsNoTracking()
            .Where(row => numbers.Contains(row.JointId))
            .ToDictionaryAsync(row => row.JointId, StringComparer.Ordinal, cancellationToken);
        return [.. rows.Select(row => Listed(row, utility, wanted, joints)).OfType<ListedLeg>()];
    }

    /// <summary>Null: the leg left the list between the two questions, or is for another purpose; its form stays sealed.</summary>
    private ListedLeg? Listed(
        WorkListRow row,
        Utility utility,
        List<string> wanted,
        Dictionary<string, JointRow> joints
    )
    {
        var work = JsonNames.Find<WorkKind>(row.Work);
        return
            joints.TryGetValue(LegIds.Parse(row.LegId)!.Value.JointId, out var joint)
            && vault.OpenJson<JointFile>(joint.File) is var file
            && file.Leg(utility) is { } leg
            && WorkListRows.ListedFor(leg) == work
            && wanted.Contains(file.Purpose)
            ? new ListedLeg(work!.Value, row.Since, file, leg, vault.OpenJson<JointApplicationRequest>(joint.Form))
            : null;
    }
}

/// <summary>A leg on a work list.</summary>
/// <param name="Work">What is to be done.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="File">Its joint application.</param>
/// <param name="Leg">The leg.</param>
/// <param name="Form">The form as it was sent, completed by what was sent later.</param>
internal sealed record ListedLeg(
    WorkKind Work,
    DateTimeOffset Since,
    JointFile File,
    Leg Leg,
    JointApplicationRequest Form
)
{
    public override string ToString() => nameof(ListedLeg);
}
