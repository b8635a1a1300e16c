using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Evidence;

namespace Integration.Gateway.Cases.Model;

/// <summary>A record of the evidence log that belongs to a case.</summary>
internal sealed record CaseRecord(string EvidenceId, EvidenceFact Fact)
{
    public const string Clock = "clock";

    /// <summary>The chain of the node that wrote it.</summary>
    public string Chain { get; init; } = string.Empty;

    /// <summary>Its position in that chain: of one node, the order in which things were put on record.</summary>
    public long Sequence { get; init; }

    public static CaseRecord From(EvidenceRow row) =>
        new(
            row.EvidenceId,
            JsonSerializer.Deserialize<EvidenceFact>(row.Record, IntegrationJson.AnswerOptions)
                ?? throw new InvalidOperationException("A stored record is the JSON null.")
        )
        {
            Chain = row.Chain,
            Sequence = row.Sequence,
        };
}
