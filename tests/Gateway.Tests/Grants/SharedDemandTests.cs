using System.Collections.Frozen;
using CsCheck;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Tests.Grants;

/// <summary>Grants of shared resources: which rule refuses, and what adds up.</summary>
public sealed class SharedDemandTests
{
    private const string Service = "share:grid-capacity";
    private const string Connection = Purposes.NewConnection;
    private static readonly Caller Hall = new("hall", CallerKind.Hall);
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly SharedDemand Demand = new(Service, "POST", "query", Connection);

    private static readonly Gen<Grant> Grants =
        from id in Gen.Int[1, 1_000_000]
        from service in Any(Service, Service, Service, "share:other", "identity")
        from methods in Any("POST", "GET POST", "GET", "")
        from paths in Any("query", "query units/{unit}", "Query", "")
        from purposes in Any(Connection, $"{Connection} {Purposes.Rename}", Purposes.Rename, "")
        from fields in Any("data/unit", "data/unit data/kw", "data/kw", "")
        from start in Gen.Int[-2, 1]
        select Shared($"g-{id}", service, methods, paths, purposes, fields, Now.AddDays(start), Now.AddDays(start + 2));

    [Fact]
    public void A_grant_of_service_method_path_and_purpose_allows_it_and_is_named_with_its_approval()
    {
        var request = Allowed(Shared("g-1"), Shared("g-2", service: "share:other"));

        Assert.Equal(("hall", "HALL-1", Connection), (request.Caller.Id, request.CaseId, request.Purpose));
        Assert.Equal("g-1 (A-g-1)", request.GrantsText);
    }

    [Theory]
    [InlineData("share:other", "POST", "query", Connection, "data/unit", 0, "Rule service:")]
    [InlineData("share:grid-capacity-2", "POST", "query", Connection, "data/unit", 0, "Rule service:")]
    [InlineData(Service, "GET", "query", Connection, "data/unit", 0, "Rule method:")]
    [InlineData(Service, "", "query", Connection, "data/unit", 0, "Rule method:")]
    [InlineData(Service, "post", "query", Connection, "data/unit", 0, "Rule method:")]
    [InlineData(Service, "POST", "units/{unit}", Connection, "data/unit", 0, "Rule path:")]
    [InlineData(Service, "POST", "Query", Connection, "data/unit", 0, "Rule path:")]
    [InlineData(Service, "POST", "", Connection, "data/unit", 0, "Rule path:")]
    [InlineData(Service, "POST", "query", Purposes.Rename, "data/unit", 0, "Rule purpose:")]
    [InlineData(Service, "POST", "query", "", "data/unit", 0, "Rule purpose:")]
    [InlineData(Service, "POST", "query", Connection, "data/unit", -2, "Rule validity:")]
    [InlineData(Service, "POST", "query", Connection, "data/unit", 1, "Rule validity:")]
    [InlineData(Service, "POST", "query", Connection, "", 0, "Rule fields:")]
    public void One_thing_that_no_grant_names_refuses_and_the_rule_is_named(
        string service,
        string methods,
        string paths,
        string purposes,
        string fields,
        int start,
        string rule
    )
    {
        var refusal = Refused(
            Shared("g-1", service, methods, paths, purposes, fields, Now.AddDays(start), Now.AddDays(start + 1))
        );

        Assert.Equal((403, "not-granted", "caller"), (refusal.Status, refusal.Code, refusal.Party));
        Assert.StartsWith(rule, refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_caller_without_a_grant_is_refused() =>
        Assert.StartsWith("Rule service:", Refused().Detail, StringComparison.Ordinal);

    [Fact]
    public void Several_grants_add_up_and_one_that_fits_in_part_adds_nothing()
    {
        var request = Allowed(
            Shared("g-1", fields: "data/unit"),
            Shared("g-2", methods: "GET", fields: "data/owner"),
            Shared("g-3", fields: "data/kw"),
            Shared("g-4", purposes: Purposes.Rename, fields: "data/phone")
        );

        Assert.Equal(["g-1", "g-3"], request.Grants.Select(grant => grant.Id));
    }

    [Fact]
    public void Halves_of_two_grants_do_not_make_one() =>
        Assert.StartsWith(
            "Rule path:",
            Refused(Shared("g-1", methods: "GET"), Shared("g-2", paths: "units/{unit}")).Detail,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_grant_of_another_client_and_one_of_a_disabled_client_allow_nothing()
    {
        Refused(Shared("g-1") with { Client = "municipal" });
        var disabled = new CallersSnapshot("1", [GrantCases.Client("hall", enabled: false)], [Shared("g-1")]);

        Assert.False(GrantedRequest.CheckShared(disabled, Hall, "HALL-1", Demand, Now).Succeeded(out _, out _));
    }

    [Fact]
    public void The_grants_used_are_exactly_those_that_name_everything() =>
        Grants
            .Array[0, 10]
            .Sample(grants =>
            {
                var expected = grants.Where(IsWhole).Select(grant => grant.Id).ToList();

                var used = Check(grants).Succeeded(out var request, out _)
                    ? request.Grants.Select(grant => grant.Id).ToList()
                    : [];

                Assert.Equal(expected, used);
            });

    [Fact]
    public void One_more_grant_never_takes_anything_away() =>
        Gen.Select(Grants.Array[0, 6], Grants)
            .Sample(
                (grants, more) =>
                {
                    if (Check(grants).Succeeded(out var before, out _))
                    {
                        Assert.True(Check([.. grants, more]).Succeeded(out var after, out _));
                        Assert.Subset(FieldsOf(after), FieldsOf(before));
                    }
                }
            );

    private static HashSet<string> FieldsOf(GrantedRequest request) =>
        request.Grants.SelectMany(grant => grant.Fields).ToHashSet(StringComparer.Ordinal);

    private static bool IsWhole(Grant grant) =>
        grant.Service == Demand.Service
        && grant.Methods.Any(method => method == Demand.Method)
        && grant.Paths.Any(path => path == Demand.Path)
        && grant.Purposes.Any(purpose => purpose == Demand.Purpose)
        && grant.Fields.Count != 0
        && grant.From <= Now
        && Now < grant.Until;

    private static GrantedRequest Allowed(params Grant[] grants)
    {
        Assert.True(Check(grants).Succeeded(out var request, out _));
        return request;
    }

    private static Refusal Refused(params Grant[] grants)
    {
        Assert.False(Check(grants).Succeeded(out _, out var refusal));
        return refusal;
    }

    private static Result<GrantedRequest> Check(Grant[] grants) =>
        GrantedRequest.CheckShared(
            new CallersSnapshot("1", [GrantCases.Client("hall", enabled: true)], grants),
            Hall,
            "HALL-1",
            Demand,
            Now
        );

    private static Grant Shared(
        string id,
        string service = Service,
        string methods = "POST",
        string paths = "query",
        string purposes = Connection,
        string fields = "data/unit",
        DateTimeOffset? from = null,
        DateTimeOffset? until = null
    ) =>
        GrantCases.Grant(id, service, purposes, fields, from ?? Now, until ?? Now.AddDays(1)) with
        {
            Methods = GrantCases.Words(methods).ToFrozenSet(StringComparer.Ordinal),
            Paths = GrantCases.Words(paths).ToFrozenSet(StringComparer.Ordinal),
        };

    private static Gen<string> Any(params string[] values) =>
        Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
