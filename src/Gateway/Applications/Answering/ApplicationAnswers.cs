using Integration.Contracts.V1.Applications;
using Integration.Gateway.Applications.Storage;
using Integration.Gateway.Clocks;
using Integration.Gateway.Evidence;

namespace Integration.Gateway.Applications.Answering;

/// <summary>A dossier as its caller sees it, not yet signed. Pure.</summary>
internal static class ApplicationAnswers
{
    public static ApplicationAnswer Of(Dossier dossier) =>
        new()
        {
            ApplicationId = dossier.ApplicationId,
            CaseId = dossier.CaseId,
            State = dossier.State,
            AcceptedAt = ChinaTime.In(dossier.AcceptedAt),
            Decision = dossier.Decision!,
            Limits = dossier.Limits,
            Supply = dossier.Supply!,
            SimpleConnection = dossier.SimpleConnection,
            Commitments =
            [
                .. dossier
                    .Proofs.Where(proof => proof.OwesPaper && !(proof.Paper!.DueAt < dossier.Decision!.DecidedAt))
                    .Select(proof => new OpenCommitment { Proof = proof.Key, DueAt = proof.Paper!.DueAt }),
            ],
            RecheckAt = dossier.RecheckAt is { } moment ? ChinaTime.In(moment) : null,
            History = dossier.History,
            Receipt = ReceiptSigner.Unsigned,
        };
}
