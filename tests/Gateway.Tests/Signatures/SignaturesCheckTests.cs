using System.Text.RegularExpressions;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Signatures;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>What operators are shown, and that each rule is documented.</summary>
public sealed partial class SignaturesCheckTests : IDisposable
{
    private static readonly Authority s_authority = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("signatures-").FullName;
    private readonly FakeTimeProvider _time = new(Authority.Now);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_a_signer_all_is_well() => Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);

    [Fact]
    public async Task A_certificate_is_announced_thirty_days_before_its_end_and_never_takes_the_gateway_out_of_service()
    {
        var signer = s_authority.Register(s_authority.Issue(until: Authority.Now.AddDays(31)));
        await IsAsync(HealthStatus.Healthy, HealthStatus.Healthy, signer);

        _time.Advance(TimeSpan.FromDays(2));
        await IsAsync(HealthStatus.Degraded, HealthStatus.Degraded, signer);
        _time.Advance(TimeSpan.FromDays(30));
        await IsAsync(HealthStatus.Degraded, HealthStatus.Unhealthy, signer);
    }

    [Fact]
    public async Task A_list_out_of_date_is_shown_for_an_hour_before_signed_input_is_refused()
    {
        var list = Path.Combine(_folder, "list.crl");
        await File.WriteAllBytesAsync(list, s_authority.List(Authority.Now, Authority.Now.AddDays(1)));
        var signer = s_authority.Register(s_authority.Issue(), list: $"file:{list}");
        await IsAsync(HealthStatus.Healthy, HealthStatus.Healthy, signer);

        _time.Advance(TimeSpan.FromDays(1).Add(TimeSpan.FromMinutes(1)));
        await IsAsync(HealthStatus.Degraded, HealthStatus.Degraded, signer);
        _time.Advance(TimeSpan.FromHours(1));
        await IsAsync(HealthStatus.Degraded, HealthStatus.Unhealthy, signer);
    }

    [Fact]
    public async Task A_list_that_cannot_be_used_is_shown_while_the_one_before_is_in_force()
    {
        var list = Path.Combine(_folder, "list.crl");
        await File.WriteAllBytesAsync(list, s_authority.List(Authority.Now, Authority.Now.AddDays(1)));
        var signer = s_authority.Register(s_authority.Issue(), list: $"file:{list}");
        var trust = new Judging(_time).Trust;
        var check = new SignaturesCheck(
            new RegisteredSigners([new RegisteredSigners.FlowSigners(() => [signer])]),
            trust,
            _time
        );
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(new HealthCheckContext())).Status);

        File.Delete(list);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HealthStatus.Degraded, (await check.CheckHealthAsync(new HealthCheckContext())).Status);
        Assert.Null(trust.StandingOf(signer).Refused);
    }

    [Fact]
    public void Each_rule_is_documented_and_each_documented_rule_exists()
    {
        var rules = typeof(SignatureRules)
            .GetProperties()
            .Select(property => property.GetMethod!)
            .Concat(typeof(SignatureRules).GetMethods().Where(method => method.ReturnType == typeof(Refusal)))
            .Select(method => (Refusal)method.Invoke(null, [.. method.GetParameters().Select(_ => "SHA-1")])!)
            .Select(refusal => RuleIn(refusal.Detail))
            .ToHashSet(StringComparer.Ordinal);
        var documented = Rows().Matches(File.ReadAllText(Document())).Select(row => row.Groups["rule"].Value);

        Assert.Equal(
            rules.Order(StringComparer.Ordinal),
            documented.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
    }

    private static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Integration.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "docs", "spec", "signatures.md");
    }

    private static string RuleIn(string detail) =>
        detail["Rule ".Length..detail.IndexOf(':', StringComparison.Ordinal)];

    [GeneratedRegex(@"^\| `(?<rule>[a-z-]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rows();

    private async Task IsAsync(HealthStatus whole, HealthStatus part, RegisteredSigner signer)
    {
        var result = await CheckAsync(signer);
        Assert.Equal(whole, result.Status);
        Assert.Equal([part], result.Data.Values.Cast<HealthStatus>());
    }

    private Task<HealthCheckResult> CheckAsync(params RegisteredSigner[] signers) =>
        new SignaturesCheck(
            new RegisteredSigners([new RegisteredSigners.FlowSigners(() => signers)]),
            new Judging(_time).Trust,
            _time
        ).CheckHealthAsync(new HealthCheckContext());
}
