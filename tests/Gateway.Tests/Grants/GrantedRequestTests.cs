using System.Collections.Frozen;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Tests.Grants;

public sealed class GrantedRequestTests
{
    private const string Connection = Purposes.NewConnection;
    private static readonly Caller Hall = new("hall", CallerKind.Hall);
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void A_request_within_its_grants_is_allowed_and_names_them_with_their_approvals()
    {
        var callers = Callers(
            Grant("g-1", "identity", Connection, "name idNumber"),
            Grant("g-2", "propertyTitle", Connection, "holderName"),
            Grant("g-3", "verifications", Connection, "")
        );

        var request = Allowed(callers, Demand("verifications", ""), Demand("identity", "name"));

        Assert.Equal("hall", request.Caller.Id);
        Assert.Equal("HALL-1", request.CaseId);
        Assert.Equal(Connection, request.Purpose);
        Assert.Equal("g-1 (A-g-1); g-3 (A-g-3)", request.GrantsText);
    }

    [Theory]
    [InlineData(null, null, "g-none")] // the caller's own
    [InlineData("hall-2", null, "g-two")]
    [InlineData("hall-3", "owner", null)]
    public void Anothers_case_needs_a_grant_that_names_its_owner(string? owner, string? rule, string? grantId)
    {
        var callers = Callers(
            Grant("g-none", "cases", Connection, ""),
            Grant("g-two", "cases", Connection, "") with
            {
                Owners = FrozenSet.Create(StringComparer.Ordinal, "hall-2"),
            },
            Grant("g-old", "cases", Connection, "", until: Now.AddDays(-1)) with
            {
                Owners = FrozenSet.Create(StringComparer.Ordinal, "hall-3"),
            }
        );

        var check = DemandCheck.Create(
            new GrantDemand("cases", Connection, []) { Owner = owner },
            Connection,
            callers.GrantsOf("hall"),
            Now
        );

        Assert.Equal(rule is null, check.Fault is null);
        Assert.StartsWith(rule is null ? "" : $"Rule {rule}:", check.Fault ?? "", StringComparison.Ordinal);
        Assert.Equal(grantId, check.Used.SingleOrDefault()?.Id);
    }

    [Fact]
    public void Several_grants_of_one_service_and_purpose_add_up()
    {
        var callers = Callers(
            Grant("g-1", "identity", Connection, "name"),
            Grant("g-2", "identity", Connection, "name idNumber"),
            Grant("g-3", "identity", Connection, "vitalStatus")
        );

        var request = Allowed(callers, Demand("identity", "name vitalStatus"));

        Assert.Equal(["g-1", "g-3"], request.Grants.Select(grant => grant.Id));
    }

    [Fact]
    public void A_refusal_names_every_missing_demand_and_its_rule()
    {
        var callers = Callers(
            Grant("g-1", "identity", Connection, "name"),
            Grant("g-2", "businessLicence", Purposes.Rename, "name"),
            Grant("g-3", "household", Connection, "name", until: Now.AddDays(-1))
        );

        var refusal = Refused(
            callers,
            Demand("identity", "name idNumber vitalStatus"),
            Demand("businessLicence", "name"),
            Demand("household", "name"),
            Demand("propertyTitle", "status")
        );

        Assert.Equal(403, refusal.Status);
        Assert.Equal("not-granted", refusal.Code);
        Assert.Equal("caller", refusal.Party);
        Assert.StartsWith(
            "Rule fields: identity for electricity.new-connection: not granted: idNumber, vitalStatus. "
                + "Rule purpose: businessLicence for electricity.new-connection: no grant of it names this purpose. "
                + "Rule validity: household for electricity.new-connection: no grant of it is valid today. "
                + "Rule service: propertyTitle for electricity.new-connection: no grant names this service.",
            refusal.Detail,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nothing_demanded_allows_nothing() => Refused(Callers(Grant("g-1", "identity", Connection, "name")));

    [Fact]
    public void A_demand_of_no_field_where_there_are_fields_allows_nothing() =>
        Refused(Callers(Grant("g-1", "identity", Connection, "name")), Demand("identity", ""));

    [Fact]
    public void A_grant_of_no_field_allows_nothing_of_a_service_with_fields() =>
        Refused(Callers(Grant("g-1", "identity", Connection, "")), Demand("identity", "name"));

    [Fact]
    public void A_grant_of_no_purpose_allows_nothing() =>
        Refused(Callers(Grant("g-1", "identity", "", "name")), Demand("identity", "name"));

    [Fact]
    public void A_grant_of_another_client_allows_nothing() =>
        Refused(
            Callers(Grant("g-1", "identity", Connection, "name") with { Client = "municipal" }),
            Demand("identity", "name")
        );

    [Fact]
    public void A_disabled_client_has_no_grants() =>
        Refused(Callers(enabled: false, Grant("g-1", "identity", Connection, "name")), Demand("identity", "name"));

    [Fact]
    public void A_demand_for_another_purpose_than_the_one_stated_is_refused() =>
        Refused(
            Callers(Grant("g-1", "identity", Purposes.Rename, "name")),
            new GrantDemand("identity", Purposes.Rename, ["name"])
        );

    [Fact]
    public void A_purpose_in_the_caller_s_own_words_is_refused_and_not_repeated()
    {
        var callers = Callers(Grant("g-1", "identity", Connection, "name"));

        var result = GrantedRequest.Check(
            callers,
            Hall,
            "HALL-1",
            "张三 421022197001010112",
            [new GrantDemand("identity", "张三 421022197001010112", ["name"])],
            Now
        );

        Assert.False(result.Succeeded(out _, out var refusal));
        Assert.DoesNotContain("张三", refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-22T23:59:59+08:00", false)]
    [InlineData("2026-11-23T00:00:00+08:00", true)]
    [InlineData("2026-11-24T23:59:59+08:00", true)]
    [InlineData("2026-11-25T00:00:00+08:00", false)]
    public void A_grant_is_valid_from_its_first_moment_up_to_its_end(string moment, bool allowed)
    {
        var grant = Grant(
            "g-1",
            "identity",
            Connection,
            "name",
            until: DateTimeOffset.Parse("2026-11-25T00:00:00+08:00")
        ) with
        {
            From = DateTimeOffset.Parse("2026-11-23T00:00:00+08:00"),
        };

        var result = GrantedRequest.Check(
            Callers(grant),
            Hall,
            "HALL-1",
            Connection,
            [Demand("identity", "name")],
            DateTimeOffset.Parse(moment)
        );

        Assert.Equal(allowed, result.Succeeded(out _, out _));
    }

    [Fact]
    public void Only_the_check_can_make_a_granted_request() =>
        Assert.All(
            typeof(GrantedRequest).GetConstructors(
                System.Reflection.BindingFlags.Instance
                    | System.Reflection.BindingFlags.Public
                    | System.Reflection.BindingFlags.NonPublic
            ),
            constructor => Assert.True(constructor.IsPrivate)
        );

    private static CallersSnapshot Callers(params Grant[] grants) => Callers(enabled: true, grants);

    private static CallersSnapshot Callers(bool enabled, params Grant[] grants) =>
        new("1", [GrantCases.Client("hall", enabled), GrantCases.Client("municipal", enabled: true)], grants);

    private static Grant Grant(
        string id,
        string service,
        string purposes,
        string fields,
        DateTimeOffset? until = null
    ) => GrantCases.Grant(id, service, purposes, fields, Now.AddDays(-10), until ?? Now.AddDays(10));

    private static GrantDemand Demand(string service, string fields) =>
        new(service, Connection, GrantCases.Words(fields));

    private static GrantedRequest Allowed(CallersSnapshot callers, params GrantDemand[] demands)
    {
        var result = GrantedRequest.Check(callers, Hall, "HALL-1", Connection, demands, Now);
        Assert.True(result.Succeeded(out var request, out var refusal), refusal?.Detail);
        return request;
    }

    private static Refusal Refused(CallersSnapshot callers, params GrantDemand[] demands)
    {
        var result = GrantedRequest.Check(callers, Hall, "HALL-1", Connection, demands, Now);
        Assert.False(result.Succeeded(out _, out var refusal));
        return refusal;
    }
}
