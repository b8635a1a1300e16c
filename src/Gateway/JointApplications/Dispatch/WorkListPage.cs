using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Json;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications.Dispatch;

/// <summary>Reads work lists.</summary>
internal sealed class WorkListPage(IDbContextFactory<GatewayDb> factory, JointApplicationStore store)
{
    private const int Longest = 100;

    /// <summary>The legs that wait on a utility's list, oldest first, at most 100.</summary>
    /// <param name="utility">Whose list.</param>
    /// <param name="purposes">What the joint applications are for; others neither appear nor take up room.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ListedLeg>> ReadAsync(
        Utility utility,
        IReadOnlyCollection<string> purposes,
        CancellationToken cancellationToken
    )
    {
        var rows = await RowsAsync(JsonNames.From(utility), [.. purposes], cancellationToken);
        var listed = rows.ConvertAll(row => (Row: row, LegId: LegId.Parse(row.LegId)));
        var found = await store.FindAsync(
            [.. listed.Select(each => each.LegId.JointId).Distinct(StringComparer.Ordinal)],
            cancellationToken
        );
        var joints = found.ToDictionary(joint => joint.JointId, StringComparer.Ordinal);
        return
        [
            .. listed
                .Select(each => Listed(each.Row, each.LegId, joints.GetValueOrDefault(each.LegId.JointId), purposes))
                .OfType<ListedLeg>(),
        ];
    }

    private async Task<List<WorkListRow>> RowsAsync(
        string utility,
        List<string> purposes,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        return await db.Set<WorkListRow>()
            .AsNoTracking()
            .Where(row => row.Utility == utility && purposes.Contains(row.Purpose))
            .OrderBy(row => row.Since)
            .ThenBy(row => row.LegId)
            .Take(Longest)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Null: the leg left the list between the two questions, or is for another purpose; its form stays sealed.</summary>
    private static ListedLeg? Listed(
        WorkListRow row,
        LegId legId,
        JointApplication? joint,
        IReadOnlyCollection<string> purposes
    ) =>
        JsonNames.Find<WorkKind>(row.Work) is { } work
        && joint?.Leg(legId.Utility) is { } leg
        && WorkListWrite.ListedFor(leg) == work
        && purposes.Contains(joint.Purpose, StringComparer.Ordinal)
            ? new ListedLeg(work, row.Since, joint, leg)
            : null;
}

/// <summary>A leg on a work list.</summary>
/// <param name="Work">What is to be done.</param>
/// <param name="Since">Since when it waits.</param>
/// <param name="Joint">Its joint application, with the form still sealed.</param>
/// <param name="Leg">The leg.</param>
internal sealed record ListedLeg(WorkKind Work, DateTimeOffset Since, JointApplication Joint, Leg Leg)
{
    public override string ToString() => nameof(ListedLeg);
}
