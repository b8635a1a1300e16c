using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Integration.Contracts.V1.JointApplications;
using Integration.Contracts.V1.Notices;
using Integration.Contracts.V1.Operations;
using Integration.FlowTests.Notices;
using Integration.Gateway.Events.Inbox;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform;
using Integration.Gateway.Platform.Database;
using Integration.Testing;
using Integration.Testing.Drivers;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.Idempotency;

/// <summary>A POST that succeeds, and another body of the same operation.</summary>
/// <param name="Operation">The path as the API's description writes it.</param>
/// <param name="Client">Who sends it.</param>
/// <param name="Path">Where to.</param>
/// <param name="Body">What is sent; null: nothing.</param>
/// <param name="Other">A body that is another request.</param>
internal sealed record RepeatedPost(string Operation, HallDriver Client, string Path, object? Body, object Other)
{
    public string Key { get; } = Identifiers.New("key", TimeProvider.System);

    public Task<HttpResponseMessage> SendAsync() =>
        Client.SendAsync(HttpMethod.Post, Path, Body, ("Idempotency-Key", Key));

    public Task<HttpResponseMessage> SendOtherAsync() =>
        Client.SendAsync(HttpMethod.Post, Path, Other, ("Idempotency-Key", Key));

    /// <summary>The same request as one that was never sent.</summary>
    public Task<HttpResponseMessage> SendAfreshAsync() =>
        Client.SendAsync(HttpMethod.Post, Path, Body, ("Idempotency-Key", $"{Key}-fresh"));
}

/// <summary>
/// One of every POST that takes an <c>Idempotency-Key</c>, with what has to be there before. A new operation needs a line here.
/// </summary>
internal static class RepeatedPosts
{
    public static async IAsyncEnumerable<RepeatedPost> OfAsync(HookDriver hooked)
    {
        await foreach (var post in HallAsync(hooked.Host))
        {
            yield return post;
        }

        await foreach (var post in JointAsync(hooked.Host))
        {
            yield return post;
        }

        await foreach (var post in OpsAsync(hooked.Host))
        {
            yield return post;
        }
    }

    /// <summary>Verifications, applications and cases.</summary>
    public static async IAsyncEnumerable<RepeatedPost> HallAsync(IntegrationHost host)
    {
        const string Applications = "/v1/applications";
        var hall = host.Hall;
        yield return new(
            "/v1/verifications",
            hall,
            "/v1/verifications",
            HallRequests.Identity(),
            HallRequests.Identity()
        );
        yield return new(
            Applications,
            hall,
            Applications,
            HallRequests.Residential("p02", "t02"),
            HallRequests.Residential("p02", "t02")
        );

        var first = (await hall.Api.ApplyAsync(Tenant())).ApplicationId;
        var promise = new CommitmentRequest
        {
            Proof = "lease",
            Reference = "PROMISE-1",
            SignedAt = HallRequests.Consent.GrantedAt,
        };
        yield return new(
            "/v1/applications/{applicationId}/commitments",
            hall,
            $"{Applications}/{first}/commitments",
            promise,
            promise with
            {
                Reference = "PROMISE-2",
            }
        );

        var second = (await hall.Api.ApplyAsync(Tenant())).ApplicationId;
        var lease = new MaterialRequest
        {
            Proof = "lease",
            Reference = "FILE-1",
            Sha256 = new string('a', 64),
        };
        yield return new(
            "/v1/applications/{applicationId}/materials",
            hall,
            $"{Applications}/{second}/materials",
            lease,
            lease with
            {
                Reference = "FILE-2",
            }
        );
        yield return new(
            "/v1/applications/{applicationId}/withdraw",
            hall,
            $"{Applications}/{second}/withdraw",
            new WithdrawRequest { Reason = "Changed plans." },
            new WithdrawRequest { Reason = "Another reason." }
        );

        var caseId = (await hall.Api.ApplyAsync(HallRequests.Residential("p02", "t02"))).CaseId;
        yield return new(
            "/v1/cases/{caseId}/milestones",
            hall,
            $"/v1/cases/{caseId}/milestones",
            new MilestoneRequest { Milestone = "surveyed" },
            new MilestoneRequest { Milestone = "connected" }
        );
        var stop = new StopRequest
        {
            Clock = "company",
            Reason = "government-permit",
            Evidence = "DOC-1",
        };
        yield return new(
            "/v1/cases/{caseId}/stops",
            hall,
            $"/v1/cases/{caseId}/stops",
            stop,
            stop with
            {
                Evidence = "DOC-2",
            }
        );
    }

    /// <summary>Joint applications, and what providers do with their legs.</summary>
    public static async IAsyncEnumerable<RepeatedPost> JointAsync(IntegrationHost host)
    {
        const string Joint = "/v1/joint-applications";
        const string One = $"{Joint}/{{id}}";
        var (hall, network) = (host.Hall, host.As("network"));
        yield return new(
            Joint,
            hall,
            Joint,
            JointRequests.New(Utility.Network),
            JointRequests.New(Utility.Network, Utility.Television)
        );

        var incomplete = JointRequests.New("p02", "t02", [Utility.Water]);
        var held = await hall.Api.OpenJointApplicationAsync(
            incomplete with
            {
                Utilities = [incomplete.Utilities![0] with { Consent = null }],
            }
        );
        var wish = JointRequests.Wish(Utility.Water);
        yield return new(
            $"{One}/legs/{{utility}}/resend",
            hall,
            $"{Joint}/{held.JointApplicationId}/legs/water/resend",
            new LegResendRequest { Consent = wish.Consent },
            new LegResendRequest { Need = wish.Need }
        );

        var opened = await hall.Api.OpenJointApplicationAsync(
            JointRequests.New("p03", "t03", [Utility.Network, Utility.Television])
        );
        var (id, leg) = (opened.JointApplicationId, opened.Legs[0].LegId);
        await Eventually.GetAsync(
            "the network provider may pull its leg",
            () => hall.Api.GetJointApplicationAsync(id),
            shown => shown.Legs[0].Delivery == LegDelivery.Listed
        );
        yield return new(
            "/v1/utilities/{utility}/work-list/{legId}/taken",
            network,
            $"/v1/utilities/network/work-list/{leg}/taken",
            Body: null,
            "{}"
        );
        var status = new LegStatusReport
        {
            StatusId = $"{leg}-1",
            LegId = leg,
            State = "accepted",
            At = host.Time.GetUtcNow(),
            Fees = [new LegFee { Name = "移表费", Amount = 88 }],
        };
        yield return new(
            "/v1/utilities/{utility}/statuses",
            network,
            "/v1/utilities/network/statuses",
            status,
            status with
            {
                StatusId = $"{leg}-2",
            }
        );
        yield return new(
            $"{One}/legs/{{utility}}/problems/{{number}}/close",
            hall,
            $"{Joint}/{id}/legs/network/problems/1/close",
            new ProblemCloseRequest { Reference = "REFUND-1" },
            new ProblemCloseRequest { Reference = "REFUND-2" }
        );
        var from = host.Time.GetUtcNow().AddDays(1);
        yield return new(
            $"{One}/surveys",
            hall,
            $"{Joint}/{id}/surveys",
            new SurveyRequest { From = from, Until = from.AddHours(2) },
            new SurveyRequest { From = from, Until = from.AddHours(3) }
        );
        var permit = new PermitRequest
        {
            Permit = PermitKind.Road,
            State = PermitState.AppliedFor,
            Reference = "ROAD-1",
        };
        yield return new($"{One}/permits", hall, $"{Joint}/{id}/permits", permit, permit with { Reference = "ROAD-2" });
        yield return new(
            $"{One}/legs/{{utility}}/withdraw",
            hall,
            $"{Joint}/{id}/legs/television/withdraw",
            new WithdrawRequest { Reason = "No television." },
            new WithdrawRequest { Reason = "Another reason." }
        );
        yield return new(
            $"{One}/withdraw",
            hall,
            $"{Joint}/{id}/withdraw",
            new WithdrawRequest { Reason = "Moved away." },
            new WithdrawRequest { Reason = "Another reason." }
        );
    }

    /// <summary>What operators do.</summary>
    private static async IAsyncEnumerable<RepeatedPost> OpsAsync(IntegrationHost host)
    {
        var ops = host.As("ops");
        yield return new(
            "/v1/ops/agencies/{agency}/diagnosis",
            ops,
            "/v1/ops/agencies/grid-resource/diagnosis",
            Body: null,
            "{}"
        );
        var (replayed, dismissed) = (await DeadNoticeAsync(host), await DeadNoticeAsync(host));
        yield return new(
            "/v1/ops/notices/{noticeId}/dismiss",
            ops,
            $"/v1/ops/notices/{dismissed}/dismiss",
            Body: null,
            "{}"
        );
        yield return new(
            "/v1/ops/notices/{noticeId}/replay",
            ops,
            $"/v1/ops/notices/{replayed}/replay",
            Body: null,
            "{}"
        );
        yield return new(
            "/v1/ops/notices/subscribers/{name}/replay",
            ops,
            "/v1/ops/notices/subscribers/hall-web/replay",
            new ReplayRequest { CaseId = "HALL-1" },
            new ReplayRequest { CaseId = "HALL-2" }
        );
        yield return new(
            "/v1/ops/events/{receiptId}/release",
            ops,
            $"/v1/ops/events/{await DeadEventAsync(host)}/release",
            new ReleaseRequest { Reason = "The fault is mended." },
            new ReleaseRequest { Reason = "Another reason." }
        );
    }

    private static ApplicationRequest Tenant()
    {
        var request = HallRequests.Residential("p03", "t01");
        return request with
        {
            Premises = request.Premises! with
            {
                Tenure = Tenure.Lease,
                Lease = new LeaseInput { LandlordName = "张三", LandlordCode = "421022197001010112" },
            },
        };
    }

    private static async Task<string> DeadNoticeAsync(IntegrationHost host)
    {
        await using var db = Db(host);
        var id = Identifiers.New("ntc", host.Time);
        var now = StoredTime.From(host.Time.GetUtcNow());
        db.Add(
            new NoticeRow
            {
                NoticeId = id,
                Subscriber = "hall-web",
                CallerId = "hall",
                CaseId = "HALL-DEAD",
                Type = "case.accepted",
                Data = "{}",
                At = now,
                NextAttemptAt = now,
                State = NoticeState.DeadLetter,
            }
        );
        await db.SaveChangesAsync();
        return id;
    }

    private static async Task<string> DeadEventAsync(IntegrationHost host)
    {
        using var municipal = host.Municipal();
        var receipt = (await municipal.AcceptedAsync(MunicipalEvents.Opened(time: host.Time.GetUtcNow()))).ReceiptId;
        await Eventually.GetAsync(
            "the event is processed",
            () => municipal.ReadAsync(receipt),
            answer => answer.State == EventState.Processed
        );
        await using var db = Db(host);
        await db.Set<EventRow>()
            .Where(row => row.ReceiptId == receipt)
            .ExecuteUpdateAsync(rows => rows.SetProperty(row => row.State, EventState.DeadLetter));
        return receipt;
    }

    private static GatewayDb Db(IntegrationHost host) =>
        host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
}
