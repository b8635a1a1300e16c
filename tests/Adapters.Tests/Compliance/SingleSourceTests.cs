using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.Compliance;

/// <summary>The agencies that are the only source behind their port, over real HTTP.</summary>
public sealed class SingleSourceTests : IAsyncLifetime
{
    private AdaptersOnSandbox _adapters = null!;

    public async ValueTask InitializeAsync() => _adapters = await AdaptersOnSandbox.StartAsync();

    public ValueTask DisposeAsync() => _adapters.DisposeAsync();

    [Fact]
    public async Task The_grid_platform_says_what_the_grid_can_give() =>
        Assert.Equal(new GridResourceFacts(260, 60), Found(await GridAsync(Known.UnitText)));

    [Fact]
    public async Task A_unit_that_the_grid_platform_does_not_know_is_unknown() =>
        Assert.IsType<AgencyAnswer<GridResourceFacts>.Unknown>(await GridAsync("421022001001GB09999F00019999"));

    [Fact]
    public async Task The_grid_platform_is_signed_for_the_service_where_one_is_named()
    {
        await using var adapters = await AdaptersOnSandbox.StartAsync(("grid-resource:ServiceId", "grid"));
        Assert.Equal("found", (await adapters.AskAsync("grid-resource")).Kind);
    }

    [Theory]
    [InlineData("91421022MA49T0035X", true)]
    [InlineData("91421022MA49T00198", false)]
    public async Task The_project_platform_says_whether_an_approval_is_in_force(string enterprise, bool isApproved) =>
        Assert.Equal(isApproved, Found(await ProjectsAsync(enterprise)).IsApproved);

    [Fact]
    public async Task An_enterprise_without_projects_is_unknown() =>
        Assert.IsType<AgencyAnswer<ProjectApprovalFacts>.Unknown>(await ProjectsAsync("91421022MA49T00273"));

    [Fact]
    public async Task An_account_says_its_holder_its_unit_and_what_is_owed() =>
        Assert.Equal(
            new UtilityAccountFacts(
                Known.Name("赵敏"),
                "421022197304040327",
                Known.UnitOf("421022001001GB00004F00010004"),
                35.50m
            ),
            Found(await AccountAsync("4210220000004"))
        );

    [Fact]
    public async Task An_account_that_does_not_exist_is_unknown() =>
        Assert.IsType<AgencyAnswer<UtilityAccountFacts>.Unknown>(await AccountAsync("4210229999999"));

    private Task<AgencyAnswer<GridResourceFacts>> GridAsync(string unit) =>
        _adapters.Grid.AskAsync(Known.UnitOf(unit), _adapters.Request(), TestContext.Current.CancellationToken);

    private Task<AgencyAnswer<ProjectApprovalFacts>> ProjectsAsync(string enterprise) =>
        _adapters.Projects.AskAsync(
            Known.Enterprise(enterprise),
            _adapters.Request(),
            TestContext.Current.CancellationToken
        );

    private Task<AgencyAnswer<UtilityAccountFacts>> AccountAsync(string number) =>
        _adapters.Accounts.AskAsync(
            new UtilityAccountQuestion(number),
            _adapters.Request(),
            TestContext.Current.CancellationToken
        );

    private static T Found<T>(AgencyAnswer<T> answer) => Assert.IsType<AgencyAnswer<T>.Found>(answer).Facts;
}
