using Integration.Gateway.Callers;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Evidence;

/// <summary>
/// Puts looks at personal data on record: each one, each time, in the name of the caller that looked, before anything is shown. An answer that
/// shows personal data leaves through <see cref="ShowAsync"/>.
/// </summary>
internal sealed class LookRecorder(EvidenceLog log, TimeProvider time)
{
    /// <summary>Lets an answer go when every look that it grants is committed, all of them in one commit.</summary>
    /// <param name="looks">One for each person's matter that the answer shows; none: nothing personal is shown, and nothing is committed.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="alongside">What is committed with the looks.</param>
    /// <returns>The answer; <see cref="Refusal.ConcurrencyConflict"/>; 503 <c>evidence-unavailable</c>.</returns>
    public async Task<Result<T>> ShowAsync<T>(IReadOnlyList<DataLook> looks, T answer, UnitOfWork? alongside = null)
        where T : notnull
    {
        if (looks.Count == 0)
        {
            return answer;
        }

        var unit = UnitOfWork.From(looks.Select(Draft));
        if (alongside is not null)
        {
            unit.Include(alongside);
        }

        return await log.CommitAsync(unit, answer);
    }

    private EvidenceDraft Draft(DataLook look) =>
        new()
        {
            EvidenceId = Identifiers.New("evd", time),
            Kind = EvidenceKind.Look,
            CaseId = look.CaseId,
            CaseOwner = look.CaseOwner,
            ParentId = look.ParentId,
            CallerId = look.Looker.Id,
            Purpose = look.Purpose,
            Basis = look.Basis,
            Grants = look.Grants,
            Subject = look.Subject,
            Outcome = "shown",
            Detail = string.Join(',', look.Fields),
            PolicyVersion = look.PolicyVersion,
            At = time.GetUtcNow(),
        };
}

/// <summary>One look at what belongs to one person's matter.</summary>
internal sealed record DataLook
{
    /// <summary>The caller that looks, not the one whose case it is.</summary>
    public required Caller Looker { get; init; }

    /// <summary>The grants of the looker that name what is shown, or <see cref="AsOwner"/> or <see cref="AsOperator"/>.</summary>
    public required string Grants { get; init; }

    /// <summary>The case number of <see cref="CaseOwner"/>.</summary>
    public required string CaseId { get; init; }

    /// <summary>The client whose case it is.</summary>
    public required string CaseOwner { get; init; }

    /// <summary>What is looked at, by its number.</summary>
    public required string ParentId { get; init; }

    public required string Purpose { get; init; }

    /// <summary>Kind and reference of the legal basis.</summary>
    public required string Basis { get; init; }

    /// <summary>Which part of it.</summary>
    public required string Subject { get; init; }

    /// <summary>Names of the fields that are shown; never values.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    public required string PolicyVersion { get; init; }

    /// <summary>In place of grants: the caller looks at what it handed in itself.</summary>
    public const string AsOwner = "owner";

    /// <summary>In place of grants: the caller is of the kind ops.</summary>
    public const string AsOperator = "ops";
}
