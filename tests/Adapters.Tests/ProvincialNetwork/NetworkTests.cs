using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Http;
using Integration.Adapters.Tests.Sandbox;
using Integration.Sandbox;

namespace Integration.Adapters.Tests.ProvincialNetwork;

/// <summary>Base of the tests that speak with the strict sandbox under one clock for both sides.</summary>
public abstract class NetworkTests : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _started = [];

    internal RunningSandbox Sandbox { get; private set; } = null!;

    internal AdapterHost Adapters { get; private set; } = null!;

    public async ValueTask InitializeAsync() => await RestartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var started in Enumerable.Reverse(_started))
        {
            await started.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    internal async Task RestartAsync(Func<SandboxSettings, SandboxSettings>? change = null)
    {
        Sandbox = await RunningSandbox.StartAsync(change);
        var credentials = NetworkCredentials.Of(Sandbox.Credentials);
        Adapters = AdapterHost.ForNetwork(new Uri(Sandbox.Http.BaseAddress!, "/exchange"), credentials, Sandbox.Clock);
        _started.Add(Sandbox);
        _started.Add(Adapters);
    }

    internal Task<AgencyAnswer<IdentityFacts>> CheckAsync(
        string idNumber = "421022197001010112",
        string name = "张三"
    ) => Adapters.Identity.AskAsync(AdapterHost.Person(idNumber, name), Adapters.Request(), CancellationToken.None);

    internal Task<AgencyAnswer<HouseholdFacts>> DescribeAsync(string idNumber) =>
        Adapters.Household.AskAsync(AdapterHost.Person(idNumber), Adapters.Request(), CancellationToken.None);

    internal Task<AgencyAnswer<BusinessLicenceFacts>> QueryAsync(string code = "91421022MA49T0000B") =>
        Adapters.Licences.AskAsync(AdapterHost.Enterprise(code), Adapters.Request(), CancellationToken.None);

    internal async Task FaultAsync(string agency, string fault, int? count = null)
    {
        using var body = new StringContent(
            count is null
                ? $$"""{"agency":"{{agency}}","fault":"{{fault}}"}"""
                : $$"""{"agency":"{{agency}}","fault":"{{fault}}","count":{{count}}}""",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var answer = await Sandbox.Http.PostAsync("/sandbox/faults", body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How often an agency's operation was called, as the agency counts.</summary>
    internal async Task<int> CallsAsync(string operation)
    {
        var json = await Sandbox.Http.GetStringAsync("/sandbox/calls");
        using var calls = System.Text.Json.JsonDocument.Parse(json);
        return calls.RootElement.EnumerateArray().Count(call => call.GetProperty("operation").GetString() == operation);
    }

    internal static AgencyFailure FailureOf<T>(AgencyAnswer<T> answer) =>
        Assert.IsType<AgencyAnswer<T>.Unanswered>(answer).Failure;

    internal static T FactsOf<T>(AgencyAnswer<T> answer) => Assert.IsType<AgencyAnswer<T>.Found>(answer).Facts;
}
