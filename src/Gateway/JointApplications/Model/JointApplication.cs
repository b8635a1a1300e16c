using System.Text.Json.Serialization;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Verifications;
using Integration.Gateway.Evidence;
using Integration.Gateway.Notices;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.JointApplications.Model;

/// <summary>
/// A joint application with all its legs: one document, so that the whole is always the fold of its legs. What providers and
/// callers wrote in it is sealed when it is stored; never changed in place.
/// </summary>
internal sealed record JointApplication : IDocument
{
    public required string JointId { get; init; }

    public required string CaseId { get; init; }

    public required string CallerId { get; init; }

    public required JointKind Kind { get; init; }

    public required string Purpose { get; init; }

    /// <summary>Kind and reference of the legal basis.</summary>
    public required string Basis { get; init; }

    public required string PolicyVersion { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The form as it was sent and completed since, sealed; stored beside the document. Null: it is not stored yet.</summary>
    [JsonIgnore]
    public ProtectedJson? Form { get; init; }

    public required IReadOnlyList<Leg> Legs { get; init; }

    /// <summary>What the clocks run against, as it stood when it was opened.</summary>
    public required JointTerms Terms { get; init; }

    /// <summary>The clock of the whole.</summary>
    public IReadOnlyList<LegClock> Clocks { get; init; } = [];

    /// <summary>When every open leg waited for the applicant or an authority.</summary>
    public IReadOnlyList<LegWait> Waits { get; init; } = [];

    /// <summary>When the timer has to look at the clocks; null: no colour changes any more.</summary>
    public DateTimeOffset? LookAt { get; init; }

    /// <summary>The proofs, fetched once; what no source answered is asked again.</summary>
    public IReadOnlyList<FetchedProof> Proofs { get; init; } = [];

    /// <summary>When proofs that no source answered are asked again; null: none is, or they are not asked for any more.</summary>
    public DateTimeOffset? AskAgainAt { get; init; }

    /// <summary>How often they were asked again.</summary>
    public int AskedAgain { get; init; }

    /// <summary>The place is the applicant's: no other application of its kind is opened there for the same applicant.</summary>
    public bool HoldsPlace { get; init; }

    public JointVisit? Visit { get; init; }

    public IReadOnlyList<Permit> Permits { get; init; } = [];

    public Mandate? Mandate { get; init; }

    /// <summary>When every leg was inspected or further for the first time.</summary>
    public DateTimeOffset? AcceptedJointlyAt { get; init; }

    /// <summary>Counts the changes; a change made to an older version is refused.</summary>
    public int Version { get; init; }

    /// <summary>Derived from the legs, never stored.</summary>
    [JsonIgnore]
    public JointState State => JointFold.Fold(Legs);

    /// <summary>The registers confirm who applies and, where a title is given, whose it is.</summary>
    [JsonIgnore]
    public bool IsProven => AreProven(Proofs);

    /// <inheritdoc cref="IsProven" />
    public static bool AreProven(IReadOnlyList<FetchedProof> proofs) =>
        proofs.Count > 0 && proofs.All(proof => proof.Outcome == CheckOutcome.Match);

    public Leg? Leg(Utility utility) => Legs.FirstOrDefault(leg => leg.Utility == utility);

    /// <summary>The joint application with one leg replaced.</summary>
    public JointApplication With(Leg changed) =>
        this with
        {
            Legs = [.. Legs.Select(leg => leg.LegId == changed.LegId ? changed : leg)],
        };
}

/// <summary>A proof as it was fetched; its values are in the receivers' hands only.</summary>
internal sealed record FetchedProof(string Check, CheckOutcome Outcome, DateTimeOffset? AsOf, string EvidenceId)
{
    /// <summary>Whether a court has seized the property; null: the source does not say, or it is not about property.</summary>
    public bool? IsSeized { get; init; }

    /// <summary>The source knows whether it is seized; the title is another's, whose seizure does not concern the applicant.</summary>
    public bool SeizureIsWithheld { get; init; }

    /// <summary>The agency that knows of seizures has answered.</summary>
    [JsonIgnore]
    public bool SettlesSeizure => IsSeized is not null || SeizureIsWithheld;

    /// <summary>No agency that would know of a seizure has answered; that there is no such title is an answer.</summary>
    [JsonIgnore]
    public bool LeavesSeizureOpen =>
        !SettlesSeizure && Outcome is not (CheckOutcome.NotFound or CheckOutcome.Ambiguous);

    public static FetchedProof From(CheckReport report) =>
        new(report.Check.Key, report.Verdict.Outcome, report.Verdict.Source?.AnsweredAt, report.EvidenceId)
        {
            IsSeized = report.Verdict.Facts.TitleIsSeized,
            SeizureIsWithheld = report.Verdict.Facts.SeizureIsWithheld,
        };
}

/// <summary>The visit that is proposed to all.</summary>
/// <param name="Number">Counts the proposals, from 1.</param>
/// <param name="From">Beginning.</param>
/// <param name="Until">End.</param>
/// <param name="ProposedAt">When it was proposed.</param>
/// <param name="SharedWith">The same caller's open joint applications at the same site.</param>
internal sealed record JointVisit(
    int Number,
    DateTimeOffset From,
    DateTimeOffset Until,
    DateTimeOffset ProposedAt,
    IReadOnlyList<string> SharedWith
);

/// <summary>The next version of a joint application, what goes on record with it and what is told.</summary>
internal sealed record JointChange(JointApplication Joint)
{
    public IReadOnlyList<JointFact> Facts { get; init; } = [];

    public IReadOnlyList<Notice> Notices { get; init; } = [];

    /// <summary>Evidence that was gathered for it, e.g. of a proof that was fetched again.</summary>
    public IReadOnlyList<EvidenceDraft> Drafts { get; init; } = [];

    /// <summary>The title that the registry confirmed with it, by its numbers in force; null: none. It is not stored.</summary>
    public TitleReference? Title { get; init; }

    /// <summary>Whether something is said of it that a provider or a caller may have written.</summary>
    public bool SaysTexts => Facts.Any(fact => fact.Detail is not null) || Notices.Count > 0;

    /// <summary>Everything stays as it is.</summary>
    public static JointChange None(JointApplication joint) => new(joint);

    /// <summary>
    /// The same with personal data masked in what goes on record and what is told: a provider's text is kept, sealed, because a
    /// legal fact would be lost otherwise, but it is not repeated.
    /// </summary>
    public JointChange Masked(PersonNames names) =>
        this with
        {
            Facts = [.. Facts.Select(fact => fact with { Detail = FreeText.Masked(fact.Detail, names) })],
            Notices =
            [
                .. Notices.Select(notice =>
                    notice with
                    {
                        Data = notice.Data.ToDictionary(
                            said => said.Key,
                            said => FreeText.Masked(said.Value, names),
                            StringComparer.Ordinal
                        ),
                    }
                ),
            ],
        };
}

/// <summary>One entry on record.</summary>
/// <param name="Subject">The leg's utility, or what of the whole it is about.</param>
/// <param name="Outcome">What happened.</param>
/// <param name="Detail">More, without personal data.</param>
internal sealed record JointFact(string Subject, string Outcome, string? Detail = null)
{
    /// <summary>The call to the provider, when there was one.</summary>
    public Integration.Adapters.Ports.CallTrace? Call { get; init; }

    public Integration.Adapters.Ports.AgencyFailure? Failure { get; init; }

    /// <summary>The grants under which it was done or something was handed on; null: it rests on none.</summary>
    public string? Grants { get; init; }

    /// <summary>On record for what rests on no grant.</summary>
    public const string NoGrants = "none used";
}
