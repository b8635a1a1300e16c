using Integration.Gateway.Callers;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Verifications.Comparing;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.JointApplications.Places;

/// <summary>
/// Keeps where joint applications are open. A place is looked at and then taken in the commit of what wants it; another form of the same
/// applicant that looked at the same moment is refused there (<c>Refusal.Overtaken</c>) and looks again.
/// </summary>
internal sealed class JointPlaces(IDbContextFactory<GatewayDb> factory, PersonalDataVault vault)
{
    private const int MostAtOneSite = 20;

    /// <inheritdoc cref="PlaceClaim.Create" />
    public PlaceClaim Claim(Caller caller, JointForm form, TitleReference? title, bool isProven) =>
        PlaceClaim.Create(caller, form, title, isProven, vault);

    /// <summary>What is open where a form wants to be.</summary>
    public async Task<Occupancy> LookAsync(PlaceClaim claim, CancellationToken cancellationToken)
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = db.Set<PlaceRow>().AsNoTracking();
        // The turns first: what is opened between the two readings has taken one of them.
        var claimedTurn = await rows.Where(row => row.Claimed == claim.Claimed)
            .MaxAsync(row => (int?)row.ClaimedTurn, cancellationToken);
        var turn = claim.IsProven ? await NextTurnAsync(rows, claim.Applicant, cancellationToken) : (int?)null;
        var open = await rows.Where(row => row.IsOpen)
            .Where(row =>
                row.Claimed == claim.Claimed || (claim.IsProven && row.Applicant == claim.Applicant && row.Turn != null)
            )
            .ToListAsync(cancellationToken);
        return Occupancy.From(claim, new Occupancy.Vacant((claimedTurn ?? 0) + 1, turn), open);
    }

    /// <summary>The row that takes a place.</summary>
    public static PlaceRow Taken(string jointId, PlaceClaim claim, Occupancy.Vacant vacant) =>
        new()
        {
            JointId = jointId,
            CallerId = claim.CallerId,
            Claimed = claim.Claimed,
            ClaimedTurn = vacant.ClaimedTurn,
            Applicant = claim.Applicant,
            Turn = vacant.Turn,
            Unit = claim.Place.Unit,
            Certificate = claim.Place.Certificate,
            Address = claim.Place.Address,
        };

    /// <summary>
    /// What a change means for the place: given up when every leg has ended; taken, or found taken, when the proofs have come only now.
    /// </summary>
    /// <param name="before">The version before.</param>
    /// <param name="after">The changed version.</param>
    /// <param name="title">The title that the registry confirmed with this change; null: none.</param>
    /// <param name="now">When.</param>
    /// <returns>The version as it has to be then, and the write that goes with it; null: the place stays as it is.</returns>
    public async Task<(JointApplication File, IRowWrite? Place)> FollowAsync(
        JointApplication before,
        JointApplication after,
        TitleReference? title,
        DateTimeOffset now
    )
    {
        if (after.Legs.All(leg => leg.HasEnded))
        {
            return (after, before.Legs.All(leg => leg.HasEnded) ? null : new GivenUpPlace(after.JointId));
        }

        return after is { HoldsPlace: false, IsProven: true } ? await ProveAsync(after, title, now) : (after, null);
    }

    /// <summary>The caller's other joint applications that are open at the same site, oldest first, at most 20.</summary>
    public async Task<IReadOnlyList<string>> AtSameSiteAsync(
        JointApplication joint,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var rows = db.Set<PlaceRow>().AsNoTracking();
        if (await rows.FirstOrDefaultAsync(row => row.JointId == joint.JointId, cancellationToken) is not { } own)
        {
            return [];
        }

        var candidates = await rows.Where(row =>
                row.CallerId == joint.CallerId && row.IsOpen && row.JointId != joint.JointId
            )
            .Where(row =>
                row.Address == own.Address
                || (row.Unit != null && row.Unit == own.Unit)
                || (row.Certificate != null && row.Certificate == own.Certificate)
            )
            .OrderBy(row => row.JointId)
            .ToListAsync(cancellationToken);
        return
        [
            .. candidates
                .Where(row => row.Place().IsSameAs(own.Place()))
                .Select(row => row.JointId)
                .Take(MostAtOneSite),
        ];
    }

    private async Task<(JointApplication File, IRowWrite? Place)> ProveAsync(
        JointApplication joint,
        TitleReference? title,
        DateTimeOffset now
    )
    {
        await using var db = await factory.CreateDbContextAsync();
        var rows = db.Set<PlaceRow>().AsNoTracking();
        if (await rows.FirstOrDefaultAsync(row => row.JointId == joint.JointId) is not { } own)
        {
            return (joint, null); // it was opened before places were kept
        }

        var known = title is null ? own.Place() : own.Place().With(PlaceClaim.NumbersOf(title, vault));
        var turn = await NextTurnAsync(rows, own.Applicant, CancellationToken.None);
        var others = await rows.Where(row => row.Applicant == own.Applicant && row.IsOpen && row.Turn != null)
            .ToListAsync();
        return others.Exists(row => row.Place().IsSameAs(known))
            ? (PlaceTaken.Raise(joint, now), new KnownPlace(joint.JointId, known, Turn: null))
            : (PlaceTaken.Lift(joint, now) with { HoldsPlace = true }, new KnownPlace(joint.JointId, known, turn));
    }

    private static Task<int> NextTurnAsync(
        IQueryable<PlaceRow> rows,
        SubjectHash applicant,
        CancellationToken cancellationToken
    ) => NextAsync(rows.Where(row => row.Applicant == applicant).MaxAsync(row => row.Turn, cancellationToken));

    private static async Task<int> NextAsync(Task<int?> last) => (await last ?? 0) + 1;

    /// <summary>What a place is known by, and the turn that takes it.</summary>
    private sealed record KnownPlace(string JointId, PlaceKey Place, int? Turn) : IRowWrite
    {
        public void WriteTo(GatewayDb db)
        {
            var row = db.Find<PlaceRow>(JointId)!;
            row.Unit = Place.Unit;
            row.Certificate = Place.Certificate;
            row.Turn = Turn;
        }
    }

    /// <summary>A place at which nothing is open any more.</summary>
    private sealed record GivenUpPlace(string JointId) : IRowWrite
    {
        public void WriteTo(GatewayDb db)
        {
            if (db.Find<PlaceRow>(JointId) is { } row)
            {
                row.IsOpen = false;
            }
        }
    }
}
