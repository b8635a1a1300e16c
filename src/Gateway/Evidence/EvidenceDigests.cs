using Integration.Gateway.Platform.Protection;

namespace Integration.Gateway.Evidence;

/// <summary>
/// Digests of messages as they stand on record: keyed, because a question holds little more than a name and a number, and a reader who had
/// a copy of the records could try all numbers against a plain one. Each record has a key of its own, which can be handed to
/// who has the message and wants to check it (docs/spec/evidence.md).
/// </summary>
internal sealed class EvidenceDigests(PersonalDataVault vault)
{
    /// <summary>The draft as it goes on record.</summary>
    public EvidenceDraft Keyed(EvidenceDraft draft) =>
        draft.Call is { } call
            ? draft with
            {
                Call = call with
                {
                    RequestDigest = DigestOf(draft.EvidenceId, call.RequestDigest),
                    AnswerDigest = DigestOf(draft.EvidenceId, call.AnswerDigest),
                },
            }
            : draft;

    private string? DigestOf(string evidenceId, string? sha256) =>
        sha256 is null ? null : vault.DigestFor(evidenceId, sha256);
}
