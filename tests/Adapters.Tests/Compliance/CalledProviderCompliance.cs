using System.Text.Json;
using Integration.Adapters.Ports;
using Integration.Adapters.Tests.Utilities;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Adapters.Tests.Compliance;

/// <summary>What every provider that we call does, in every dialect.</summary>
public abstract partial class CalledProviderCompliance(string agency) : IAsyncLifetime
{
    private static readonly LegState[] s_way =
    [
        LegState.Accepted,
        LegState.SurveyScheduled,
        LegState.Surveyed,
        LegState.PlanAnswered,
        LegState.Construction,
        LegState.Inspected,
        LegState.Connected,
        LegState.Closed,
    ];

    private protected AdaptersOnSandbox Adapters { get; private set; } = null!;

    private protected ICalledProvider Provider => Adapters.Provider(agency);

    public static TheoryData<LegState> States => [.. Enum.GetValues<LegState>()];

    public async ValueTask InitializeAsync() => Adapters = await AdaptersOnSandbox.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Adapters.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_order_arrives_with_what_it_names_and_gets_a_number()
    {
        var receipt = Found(await SendAsync(Legs.Order()));

        Assert.True(receipt is { IsComplete: true, IsWithdrawn: false, Missing: [] });
        var held = Assert.Single(await Adapters.HeldAsync(agency));
        Assert.Equal(("LEG-1-1", "LEG-1"), (Text(held, "key"), Text(held, "legId")));
        Assert.Equal(receipt.Reference, receipt.Reference is null ? null : Text(held, "reference"));
        Assert.Equal(Legs.Order().Fields.Keys.Order(StringComparer.Ordinal), Texts(held, "fields"));
        Assert.Equal((2, 1), (Texts(held, "proofs").Length, Texts(held, "papers").Length));
    }

    [Fact]
    public async Task A_transfer_names_the_account_and_who_had_it()
    {
        Found(await SendAsync(Legs.Transfer()));
        Assert.Equal(
            ["account", "applicant.code", "applicant.name", "former.holder"],
            Texts(Assert.Single(await Adapters.HeldAsync(agency)), "fields")
        );
    }

    [Theory]
    [InlineData("applicant.name")]
    [InlineData("premises.address")]
    public async Task An_order_that_lacks_something_is_not_taken_and_says_what_in_the_forms_words(string field)
    {
        Assert.Equal([field], Found(await SendAsync(Legs.Order().Without(field))).Missing);
        Assert.Empty(await Adapters.HeldAsync(agency));
        Assert.Empty(await Adapters.EffectiveAsync(agency));
    }

    [Fact]
    public async Task The_same_key_is_effective_once()
    {
        var first = Found(await SendAsync(Legs.Order()));
        var effective = await Adapters.EffectiveAsync(agency);
        var second = Found(await SendAsync(Legs.Order()));

        Assert.Equal((first.Reference, true), (second.Reference, second.IsComplete));
        Assert.Equal(effective, await Adapters.EffectiveAsync(agency));
        Assert.Distinct(effective);
        Assert.Contains("LEG-1-1", effective);
        Assert.Single(await Adapters.HeldAsync(agency));
    }

    [Fact]
    public async Task The_same_key_for_something_else_is_refused_and_changes_nothing()
    {
        Found(await SendAsync(Legs.Order()));
        var answer = await SendAsync(Legs.Order() with { Consent = "CONSENT-2" });

        Assert.IsType<AgencyAnswer<LegReceipt>.Unanswered>(answer);
        Assert.Single(await Adapters.HeldAsync(agency));
    }

    [Fact]
    public async Task An_order_whose_answer_was_lost_has_arrived_and_is_found()
    {
        await ReadyAsync();
        await Adapters.SwitchAsync(agency, "answerLost", seconds: 0.05, count: 1);
        Assert.IsType<AgencyAnswer<LegReceipt>.Unanswered>(await SendAsync(Legs.Order()));

        var found = Found(await Provider.FindAsync(Legs.Key(), Adapters.Request(), Cancelled));
        Assert.False(found.IsWithdrawn);
        Assert.True(Found(await SendAsync(Legs.Order())).IsComplete);
        Assert.Distinct(await Adapters.EffectiveAsync(agency));
        Assert.Single(await Adapters.HeldAsync(agency));
    }

    [Fact]
    public async Task An_order_that_never_left_is_not_found()
    {
        await ReadyAsync();
        await Adapters.SwitchAsync(agency, "http500", count: 1);
        Assert.IsType<AgencyAnswer<LegReceipt>.Unanswered>(await SendAsync(Legs.Order()));

        Assert.IsType<AgencyAnswer<LegReceipt>.Unknown>(
            await Provider.FindAsync(Legs.Key(), Adapters.Request(), Cancelled)
        );
        Assert.Empty(await Adapters.HeldAsync(agency));
    }

    [Fact]
    public async Task What_changes_something_is_never_sent_again_by_itself()
    {
        await ReadyAsync();
        await Adapters.SwitchAsync(agency, "http500", count: 1);
        Assert.Equal(1, (await SendAsync(Legs.Order())).Trace.Attempts);
        await Adapters.SwitchAsync(agency, "http500", count: 1);
        Assert.Equal(1, (await WithdrawAsync()).Trace.Attempts);
        await Adapters.SwitchAsync(agency, "http500", count: 1);
        Assert.Equal(1, (await OfferAsync(Slot)).Trace.Attempts);
    }

    [Fact]
    public async Task A_leg_is_taken_back_once()
    {
        Found(await SendAsync(Legs.Order()));
        Assert.True(Found(await WithdrawAsync()).IsWithdrawn);
        var effective = await Adapters.EffectiveAsync(agency);
        Assert.True(Found(await WithdrawAsync()).IsWithdrawn);

        Assert.Equal(effective, await Adapters.EffectiveAsync(agency));
        Assert.True(Found(await Provider.FindAsync(Legs.Key(), Adapters.Request(), Cancelled)).IsWithdrawn);
        Assert.True(Assert.Single(await Adapters.HeldAsync(agency)).GetProperty("withdrawn").GetBoolean());
    }

    [Fact]
    public async Task An_order_that_comes_after_it_was_taken_back_is_not_taken()
    {
        Assert.IsType<AgencyAnswer<LegReceipt>.Unknown>(await WithdrawAsync());
        Assert.True(Found(await SendAsync(Legs.Order())).IsWithdrawn);
        Assert.Empty(await Adapters.HeldAsync(agency));
    }

    [Fact]
    public async Task An_order_never_shows_what_it_says()
    {
        var text = Legs.Order() + (await SendAsync(Legs.Order())).ToString();
        Assert.DoesNotContain("示例商贸", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Tests.Known.CompanyText, text, StringComparison.Ordinal);
    }

    private protected static readonly VisitSlot Slot = new(Legs.At.AddDays(1), Legs.At.AddDays(1).AddHours(2));

    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected Task<AgencyAnswer<LegReceipt>> SendAsync(LegOrder order) =>
        Provider.SendAsync(order, Adapters.Request(), Cancelled);

    private protected Task<AgencyAnswer<LegReceipt>> WithdrawAsync() =>
        Provider.WithdrawAsync(Legs.Key(), Adapters.Request(), Cancelled);

    private protected Task<AgencyAnswer<VisitReply>> OfferAsync(VisitSlot slot) =>
        Provider.OfferVisitAsync(Legs.Key(), slot, Adapters.Request(), Cancelled);

    private protected Task<AgencyAnswer<TransferCheck>> PreCheckAsync(string account) =>
        Provider.PreCheckAsync(new TransferQuestion(account, "张三"), Adapters.Request(), Cancelled);

    /// <summary>Each status once: some give them several times.</summary>
    private protected async Task<IReadOnlyList<ProviderStatus>> StatusesAsync() =>
        [.. (await GivenAsync()).DistinctBy(status => status.StatusId, StringComparer.Ordinal)];

    /// <summary>The statuses as they come.</summary>
    private protected async Task<IReadOnlyList<ProviderStatus>> GivenAsync() =>
        Found(await Provider.GetStatusesAsync(Legs.Key(), Adapters.Request(), Cancelled));

    private protected object Told(string code) =>
        new
        {
            utility = agency,
            legId = "LEG-1",
            code,
            at = Legs.At,
        };

    private protected static T Found<T>(AgencyAnswer<T> answer) => Assert.IsType<AgencyAnswer<T>.Found>(answer).Facts;

    private protected static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private protected static string[] Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>Holds the provider's key, where it has one, so that a fault hits what is asked.</summary>
    private Task ReadyAsync() => PreCheckAsync("999999");
}
