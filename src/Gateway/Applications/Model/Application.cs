using System.Text.Json;
using System.Text.Json.Serialization;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.Applications;
using Integration.Gateway.Evidence;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.Applications.Model;

/// <summary>
/// Everything about an application except what the applicant wrote: how its proofs stand, what was decided and what comes
/// next. Holds no personal data; stored as one document and never changed in place.
/// </summary>
internal sealed record Application : IDocument
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required string ApplicationId { get; init; }

    public required string CaseId { get; init; }

    public required string CallerId { get; init; }

    public required string Purpose { get; init; }

    public required string Basis { get; init; }

    /// <summary>The edition in force when it was accepted; it stays with the application.</summary>
    public required string PolicyVersion { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public ApplicationState State { get; init; }

    public required IReadOnlyList<ProofState> Proofs { get; init; }

    /// <summary>What the grid can give at the place, when it was known.</summary>
    public GridResourceFacts? Grid { get; init; }

    /// <summary>The decision in force; null only until the first is taken.</summary>
    public ApplicationDecision? Decision { get; init; }

    public IReadOnlyList<DecisionRecord> History { get; init; } = [];

    public SupplyTerms? Supply { get; init; }

    /// <summary>Whether it is a simple connection; null when the question does not arise.</summary>
    public SimpleConnectionResult? SimpleConnection { get; init; }

    public IReadOnlyList<ApplicationLimit> Limits { get; init; } = [];

    /// <summary>How often open checks were asked again.</summary>
    public int Rechecks { get; init; }

    /// <summary>When they are asked again; null when none is open or the application is too old.</summary>
    public DateTimeOffset? RecheckAt { get; init; }

    /// <summary>Counts the changes; a change made to an older version is refused.</summary>
    public int Version { get; init; }

    /// <summary>The next moment at which something has to be done by itself: a repetition, or the end of a promise.</summary>
    [JsonIgnore]
    public DateTimeOffset? WakeAt =>
        State == ApplicationState.Open
            ? Proofs
                .Where(proof => proof.OwesPaper)
                .Select(proof => proof.Paper!.DueAt?.AddSeconds(1))
                .Where(due => due > Decision!.DecidedAt)
                .Append(RecheckAt)
                .Min()
            : null;

    /// <summary>Whether a limit applies.</summary>
    public bool Has(string limit) => Limits.Any(known => known.Name == limit);

    /// <summary>The application with the outcomes of checks.</summary>
    public Application With(IReadOnlyList<CheckReport> reports) =>
        this with
        {
            Proofs =
            [
                .. Proofs.Select(proof =>
                    reports.FirstOrDefault(report => report.Check.Key == proof.Key) is { } report
                        ? proof with
                        {
                            Checked = CheckedState.From(report),
                        }
                        : proof
                ),
            ],
        };

    /// <summary>The application with a paper for one proof.</summary>
    public Application With(string key, Paper paper) =>
        this with
        {
            Proofs = [.. Proofs.Select(proof => proof.Key == key ? proof with { Paper = paper } : proof)],
        };

    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    public static Application FromJson(string json) =>
        JsonSerializer.Deserialize<Application>(json, s_json)
        ?? throw new InvalidOperationException("A stored application is the JSON null.");
}
