using CsCheck;
using Integration.Gateway.Callers;
using Integration.Gateway.Grants;

namespace Integration.Gateway.Tests.Grants;

/// <summary>The check against any grants and any demands.</summary>
public sealed class GrantedRequestProperties
{
    private static readonly Caller Hall = new("hall", CallerKind.Hall);
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly string[] Services = [.. ServiceFields.All.Keys.Order(StringComparer.Ordinal)];
    private static readonly string[] Some = [Purposes.NewConnection, Purposes.Rename, Purposes.Transfer];

    private static readonly Gen<GrantDemand> Demands =
        from service in Gen.Int[0, Services.Length - 1].Select(index => Services[index])
        from fields in FieldsOf(service)
        select new GrantDemand(service, Purposes.NewConnection, fields);

    private static readonly Gen<Grant> Grants =
        from number in Gen.Int[1, 1_000_000]
        from service in Gen.Int[0, Services.Length - 1].Select(index => Services[index])
        from fields in FieldsOf(service)
        from purposes in Subset(Some)
        from start in Gen.Int[-3, 3]
        from days in Gen.Int[1, 5]
        select GrantCases.Grant(
            $"g-{number}",
            service,
            string.Join(' ', purposes),
            string.Join(' ', fields),
            Now.AddDays(start),
            Now.AddDays(start + days)
        );

    private static readonly Gen<(Grant[] Grants, GrantDemand[] Demands)> Cases = Gen.Select(
        Grants.Array[0, 12],
        Demands.Array[0, 4]
    );

    [Fact]
    public void A_request_is_allowed_exactly_when_each_field_demanded_has_a_valid_grant() =>
        Cases.Sample(item =>
        {
            var expected = item.Demands.Length > 0 && item.Demands.All(demand => IsCovered(demand, item.Grants));

            Assert.Equal(expected, Check(item.Grants, item.Demands) is not null);
        });

    [Fact]
    public void Every_grant_named_was_valid_and_is_of_a_service_demanded() =>
        Cases.Sample(item =>
        {
            foreach (var grant in Check(item.Grants, item.Demands)?.Grants ?? [])
            {
                Assert.True(grant.IsValidAt(Now));
                Assert.Contains(Purposes.NewConnection, (IReadOnlySet<string>)grant.Purposes);
                Assert.Contains(item.Demands, demand => demand.Service == grant.Service);
            }
        });

    [Fact]
    public void The_grants_named_alone_would_have_been_enough() =>
        Cases.Sample(item =>
        {
            if (Check(item.Grants, item.Demands) is { } request)
            {
                Assert.NotNull(Check([.. request.Grants], item.Demands));
            }
        });

    [Fact]
    public void One_more_grant_never_takes_anything_away() =>
        Gen.Select(Cases, Grants)
            .Sample(
                (item, more) =>
                {
                    if (Check(item.Grants, item.Demands) is not null)
                    {
                        Assert.NotNull(Check([.. item.Grants, more], item.Demands));
                    }
                }
            );

    [Fact]
    public void One_more_demand_never_gives_anything() =>
        Gen.Select(Cases, Demands)
            .Sample(
                (item, more) =>
                {
                    if (item.Demands.Length > 0 && Check(item.Grants, item.Demands) is null)
                    {
                        Assert.Null(Check(item.Grants, [.. item.Demands, more]));
                    }
                }
            );

    private static bool IsCovered(GrantDemand demand, Grant[] grants)
    {
        var valid = grants.Where(grant =>
            grant.Service == demand.Service
            && grant.Purposes.Contains(demand.Purpose)
            && grant.From <= Now
            && Now < grant.Until
        );
        return ServiceFields.All[demand.Service].Count == 0
            ? valid.Any()
            : demand.Fields.Count > 0 && demand.Fields.All(field => valid.Any(grant => grant.Fields.Contains(field)));
    }

    private static GrantedRequest? Check(Grant[] grants, GrantDemand[] demands)
    {
        var callers = new CallersSnapshot("1", [GrantCases.Client("hall", enabled: true)], grants);
        var result = GrantedRequest.Check(callers, Hall, "HALL-1", Purposes.NewConnection, demands, Now);
        return result.Succeeded(out var request, out _) ? request : null;
    }

    private static Gen<string[]> FieldsOf(string service) =>
        Subset([.. ServiceFields.All[service].Order(StringComparer.Ordinal)]);

    private static Gen<string[]> Subset(string[] words) =>
        words.Length == 0
            ? Gen.Const(words)
            : Gen.Bool.Array[words.Length].Select(chosen => words.Where((_, index) => chosen[index]).ToArray());
}
