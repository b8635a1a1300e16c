using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Utilities;
using Integration.Adapters.Utilities.TownWater;
using Integration.Contracts.V1.JointApplications;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Tests.NewProvider;

/// <summary>docs/new-provider.md is enough: its own blocks are the provider that is compiled here and run against a strict waterworks.</summary>
public sealed partial class NewProviderTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("new-provider");
    private TownWaterworks _works = null!;
    private ServiceProvider _services = null!;

    private ICalledProvider Provider => (ICalledProvider)_services.GetRequiredService<IUtilityProvider>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _works = await TownWaterworks.StartAsync();
        _services = Build(TownWaterworks.Password);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _works.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void The_blocks_of_the_page_are_the_files_of_the_provider()
    {
        var folder = Path.Combine(Root(), "tests", "Adapters.Tests", "NewProvider", "TownWater");
        var blocks = Block()
            .Matches(File.ReadAllText(Path.Combine(Root(), "docs", "new-provider.md")))
            .ToDictionary(
                block => block.Groups["file"].Value,
                block => block.Groups["text"].Value,
                StringComparer.Ordinal
            );

        Assert.Equal(
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            blocks.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(blocks, block => Assert.Equal(File.ReadAllText(Path.Combine(folder, block.Key)), block.Value));
    }

    [Fact]
    public void It_is_switched_on_by_its_section_and_its_settings_are_checked()
    {
        _services.GetRequiredService<IStartupValidator>().Validate();
        Assert.Equal(("town-water", Utility.Water), (Provider.Agency, Provider.Utility));
        Assert.Equal(LegDeliveryHabit.Called, Provider.Habits.Delivery);

        using var wrong = Build(TownWaterworks.Password, ("User", ""), ("Surprise", "1"));
        Assert.ThrowsAny<Exception>(() => wrong.GetRequiredService<IStartupValidator>().Validate());
        using var unnamed = Build(TownWaterworks.Password, ("User", ""));
        var refused = Assert.Throws<OptionsValidationException>(() =>
            unnamed.GetRequiredService<IStartupValidator>().Validate()
        );
        Assert.Contains("Agencies:town-water:User: needed", refused.Failures);
    }

    [Fact]
    public async Task An_order_arrives_once_is_found_and_is_taken_back_once()
    {
        var first = Found(await SendAsync());
        Assert.Equal(first, Found(await SendAsync()));
        Assert.Equal("W-7", Found(await Provider.FindAsync(Legs.Key(), Request(), Cancelled)).Reference);
        Assert.True(Found(await WithdrawAsync()).IsWithdrawn);
        Assert.True(Found(await WithdrawAsync()).IsWithdrawn);

        Assert.Equal(["LEG-1-1", "LEG-1-1:withdraw"], _works.Effective);
        var order = Assert.Single(_works.Orders);
        Assert.Equal(3, order["papers"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_order_that_lacks_something_says_what_in_the_forms_words()
    {
        var answer = await Provider.SendAsync(Legs.Order().Without("premises.address"), Request(), Cancelled);

        Assert.Equal(["premises.address"], Found(answer).Missing);
        Assert.Empty(_works.Effective);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_found_and_what_never_came_is_unknown()
    {
        Assert.IsType<AgencyAnswer<LegReceipt>.Unknown>(await Provider.FindAsync(Legs.Key(), Request(), Cancelled));
        _works.LosesAnswer = true;

        Assert.IsType<AgencyAnswer<LegReceipt>.Unanswered>(await SendAsync());

        Assert.False(Found(await Provider.FindAsync(Legs.Key(), Request(), Cancelled)).IsWithdrawn);
        Assert.Single(_works.Effective);
    }

    [Fact]
    public async Task Steps_become_states_and_a_code_that_is_unknown_is_kept_as_it_is()
    {
        Found(await SendAsync());
        _works.Steps = [Step("1", "taken"), Step("2", "digging"), Step("3", "tap-dancing")];

        var statuses = Found(await Provider.GetStatusesAsync(Legs.Key(), Request(), Cancelled));

        Assert.Equal([LegState.Accepted, LegState.Construction, null], statuses.Select(status => status.State));
        Assert.Equal("tap-dancing", statuses[2].Code);
    }

    [Fact]
    public async Task Visits_and_accounts_are_answered()
    {
        var slot = new VisitSlot(Legs.At.AddDays(1), Legs.At.AddDays(1).AddHours(2));
        Assert.True(Found(await Provider.OfferVisitAsync(Legs.Key(), slot, Request(), Cancelled)).IsConfirmed);
        Assert.Equal(new TransferCheck(false, true), Found(await CheckAsync("W-1", "李四")));
        Assert.Equal(new TransferCheck(false, false), Found(await CheckAsync("W-1", "王五")));
        Assert.IsType<AgencyAnswer<TransferCheck>.Unknown>(await CheckAsync("E-1", "李四"));
    }

    [Fact]
    public async Task An_answer_about_another_order_is_none()
    {
        _works.AnswersFor = "LEG-9-1";
        var answer = Assert.IsType<AgencyAnswer<LegReceipt>.Unanswered>(await SendAsync());
        Assert.Equal(FailureStage.Binding, answer.Failure.Stage);
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_ours()
    {
        await _services.DisposeAsync();
        _services = Build("wrong");

        var answer = await SendAsync();

        Assert.IsNotType<AgencyAnswer<LegReceipt>.Found>(answer);
        Assert.Empty(_works.Effective);
    }

    private static JsonObject Step(string id, string code) =>
        new()
        {
            ["id"] = id,
            ["code"] = code,
            ["at"] = "2026-11-23 09:00:00",
        };

    private static T Found<T>(AgencyAnswer<T> answer) => Assert.IsType<AgencyAnswer<T>.Found>(answer).Facts;

    private static AgencyRequest Request() =>
        new(
            "CASE-1",
            Guid.CreateVersion7().ToString("N"),
            "hall",
            "joint.new",
            TimeProvider.System.GetUtcNow().AddSeconds(5)
        );

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Integration.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private Task<AgencyAnswer<LegReceipt>> SendAsync() => Provider.SendAsync(Legs.Order(), Request(), Cancelled);

    private Task<AgencyAnswer<LegReceipt>> WithdrawAsync() => Provider.WithdrawAsync(Legs.Key(), Request(), Cancelled);

    private Task<AgencyAnswer<TransferCheck>> CheckAsync(string account, string holder) =>
        Provider.PreCheckAsync(new TransferQuestion(account, holder), Request(), Cancelled);

    /// <summary>As the gateway registers it; the line in <c>AgencyAdapters</c> is this call of <c>AddTownWater</c>.</summary>
    private ServiceProvider Build(string password, params (string Key, string Value)[] settings)
    {
        var secret = Path.Combine(_folder.FullName, "password");
        File.WriteAllText(secret, password);
        var section = AgencyServices.SectionOf(TownWaterAgency.Name);
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            [$"{section}:BaseAddress"] = _works.Address.ToString(),
            [$"{section}:User"] = TownWaterworks.User,
            [$"{section}:Password"] = $"file:{secret}",
        };
        foreach (var (key, value) in settings)
        {
            values[$"{section}:{key}"] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.AddAgencyAdapters(new ConfigurationBuilder().Build());
        services.AddTownWater();
        return services.BuildServiceProvider();
    }

    [GeneratedRegex(
        "^#+ `(?<file>[A-Za-z.]+)`\\n(?:[^\\n`#]*\\n)*````?(?:csharp|markdown)\\n(?<text>.*?)^````?$",
        RegexOptions.Multiline | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Block();
}
