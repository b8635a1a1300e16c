using System.Globalization;
using Integration.Contracts;
using Integration.Contracts.Problems;
using Integration.Contracts.V1.Operations;
using Integration.Gateway.Callers;
using Integration.Gateway.Platform.Database;
using Integration.Gateway.Platform.Problems;
using Microsoft.EntityFrameworkCore;

namespace Integration.Gateway.Audit;

/// <summary>What operators did, for operators.</summary>
internal static class AuditEndpoints
{
    private const int DefaultLimit = 50;
    private const int MostRecords = 500;
    private const int DetailInList = 2000;

    public static void AddAudit(this IServiceCollection services) => services.AddSingleton<AuditTrail>();

    /// <summary><c>GET /v1/ops/audit?after=&amp;limit=</c> and <c>GET /v1/ops/audit/{auditId}</c>.</summary>
    public static void MapAudit(this IEndpointRouteBuilder endpoints)
    {
        var audit = endpoints.MapGroup("/v1/ops/audit").WithTags("Operations").RequireCaller(CallerKind.Ops);
        audit
            .MapGet("", ListAsync)
            .WithSummary("What was done to the gateway, oldest first")
            .WithDescription(
                "after: number of the last record already read. limit: 1 to 500, default 50. Nodes whose clocks differ write "
                    + "records that are out of order by that difference; who follows the trail reads a minute again."
            )
            .Produces<AuditResponse>();
        audit
            .MapGet("/{auditId}", FindAsync)
            .WithSummary("One audit record with its whole detail")
            .Produces<AuditRecord>();
    }

    private static async Task<IResult> ListAsync(
        HttpContext http,
        IDbContextFactory<GatewayDb> factory,
        CancellationToken cancellationToken
    )
    {
        var after = http.Request.Query["after"].ToString();
        if (LimitOf(http.Request.Query["limit"].ToString()) is not { } limit)
        {
            return Refusal
                .RequestInvalid([new FieldFault("query:limit", "range", "A number from 1 to 500 is needed.")])
                .ToProblem();
        }

        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var records = await Records(
                db.Set<AuditRow>().Where(row => string.Compare(row.AuditId, after) > 0),
                DetailInList
            )
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var page = records.Take(limit).ToList();
        var answer = new AuditResponse { Records = page, Next = records.Count > limit ? page[^1].AuditId : null };
        return Results.Json(answer, IntegrationJson.Options);
    }

    private static async Task<IResult> FindAsync(
        string auditId,
        IDbContextFactory<GatewayDb> factory,
        CancellationToken cancellationToken
    )
    {
        await using var db = await factory.CreateDbContextAsync(cancellationToken);
        var record = await Records(db.Set<AuditRow>().Where(row => row.AuditId == auditId), int.MaxValue)
            .FirstOrDefaultAsync(cancellationToken);
        return record is null
            ? Refusal.NotFound("This audit record").ToProblem()
            : Results.Json(record, IntegrationJson.Options);
    }

    private static IQueryable<AuditRecord> Records(IQueryable<AuditRow> rows, int longestDetail) =>
        rows.AsNoTracking()
            .OrderBy(row => row.AuditId)
            .Select(row => new AuditRecord
            {
                AuditId = row.AuditId,
                At = row.At,
                Node = row.Node,
                Actor = row.Actor,
                Action = row.Action,
                Subject = row.Subject,
                Outcome = row.Outcome,
                Detail = row.Detail == null ? null : row.Detail.Substring(0, longestDetail),
                DetailLength = row.Detail == null ? 0 : row.Detail.Length,
            });

    private static int? LimitOf(string text)
    {
        if (text.Length == 0)
        {
            return DefaultLimit;
        }

        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= MostRecords
            ? limit
            : null;
    }
}
