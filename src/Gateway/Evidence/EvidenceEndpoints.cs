using System.Text.Json;
using Integration.Contracts;
using Integration.Contracts.V1.Evidence;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Evidence;

internal static class EvidenceEndpoints
{
    /// <summary><c>GET /v1/evidence/{evidenceId}</c> and <c>GET /v1/receipts/keys</c>.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/evidence/{evidenceId}", FindAsync)
            .Produces<EvidenceResponse>()
            .WithName("getEvidence")
            .WithTags("Evidence")
            .WithSummary("What was put on record, and its place in the chain");
        app.MapGet("/v1/receipts/keys", (ReceiptKeys keys) => Results.Bytes(keys.Json, "application/jwk-set+json"))
            .AllowAnonymous()
            .Produces<object>(StatusCodes.Status200OK, "application/jwk-set+json")
            .WithName("getReceiptKeys")
            .WithTags("Evidence")
            .WithSummary("The public keys with which receipts are checked");
    }

    /// <summary>A record is for the caller who asked or acted, for the owner of its case and for operations; for others it does not exist.</summary>
    private static async Task<IResult> FindAsync(
        string evidenceId,
        CallerContext context,
        IDbContextFactory<GatewayDb> factory,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<EvidenceRow>()
            .AsNoTracking()
            .FirstOrDefaultAsync(row => row.EvidenceId == evidenceId, cancellationToken);
        return row is not null && MaySee(context.Caller, row)
            ? Results.Json(AnswerOf(row), IntegrationJson.Options)
            : Refusal.NotFound("This evidence record").ToProblem();
    }

    private static bool MaySee(Caller caller, EvidenceRow row) =>
        caller.Kind == CallerKind.Ops || caller.Id == row.CallerId || caller.Id == row.CaseOwner;

    private static EvidenceResponse AnswerOf(EvidenceRow row) =>
        new()
        {
            EvidenceId = row.EvidenceId,
            Record =
                JsonSerializer.Deserialize<EvidenceFact>(row.Record, IntegrationJson.AnswerOptions)
                ?? throw new InvalidOperationException("A stored record is the JSON null."),
            Canonical = row.Record,
            Position = new ChainPosition(
                row.Chain,
                row.Sequence,
                Convert.ToHexStringLower(row.PreviousHash),
                Convert.ToHexStringLower(row.Hash)
            ),
        };
}
