using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.JointApplications;
using Integration.FlowTests.JointApplications;
using Integration.Gateway.Notices.Storage;
using Integration.Gateway.Platform.Database;
using Integration.Testing.World;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.FlowTests.PersonalData;

/// <summary>
/// A provider that is asked says what it likes. Refusing it would lose a legal fact, so it is kept: sealed, shown to the hall whose
/// case it is, and masked wherever it is put on record or told.
/// </summary>
public sealed class ProviderWordsTests : IAsyncLifetime
{
    private const string Number = "421022198603173319";
    private const string Clerk = "端木经办";
    private const string Mobile = "13912345678";
    private static readonly string s_name = SyntheticWorld.Person("p01").Name!;
    private JointProofDriver _scene = null!;

    public async ValueTask InitializeAsync() => _scene = await JointProofDriver.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task What_a_polled_provider_says_of_a_person_is_kept_sealed_and_shown_to_the_hall_only()
    {
        var code = $"转办-{s_name}-经办人{Clerk}";
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Water));
        await _scene.UntilAsync(joint, "water has it", shown => shown.Legs[0].Delivery == LegDelivery.Arrived);

        await TellAsync(joint, code, Number);
        var shown = await _scene.UntilAsync(joint, "it is found", shown => shown.Legs[0].RawStatus is not null);
        await TellAsync(joint, "accepted", "plain-1");
        await _scene.UntilAsync(joint, "it is accepted", shown => shown.Legs[0].State == LegState.Accepted);
        await TellAsync(joint, $"{code}-2", Number);
        var told = await _scene.UntilAsync(joint, "the problem", shown => Conflict(shown) is not null);

        Assert.Equal(code, shown.Legs[0].RawStatus);
        var timeline = (await _scene.Host.Hall.Api.GetCaseAsync(joint.CaseId)).Timeline;
        Assert.EndsWith(" ***", Said(timeline, "status notUnderstood"), StringComparison.Ordinal);
        Assert.Equal("plain-1 20", Said(timeline, "status applied"));
        Assert.Contains(": *** (", Said(timeline, "status-conflict"), StringComparison.Ordinal);
        Assert.Contains($"{code}-2", Conflict(told)!.Text, StringComparison.Ordinal);
        Assert.NotEmpty(await NoticeDataAsync());
        var said = string.Join('\n', (await NoticeDataAsync()).Concat(timeline.Select(entry => entry.Detail)));
        Assert.Empty(Traces.In(said, [s_name, Number, Mobile, Clerk]));
        Assert.Empty(await NothingPersonalIsSaidTests.TracesInAsync(_scene.Host, [s_name, Number, Mobile, Clerk]));
    }

    /// <summary>Requests after the first do not hold the names, so that these can be refused there only by what they are.</summary>
    [Fact]
    public async Task What_the_hall_writes_later_of_a_person_of_its_case_is_kept_sealed_too()
    {
        var hall = _scene.Host.Hall;
        var joint = await _scene.OpenAsync(JointRequests.New(Utility.Network));
        var address = $"/v1/joint-applications/{joint.JointApplicationId}";
        var words = $"受理单 {s_name}";

        using var permit = await hall.PostAsync(
            $"{address}/permits",
            new PermitRequest
            {
                Permit = PermitKind.Road,
                State = PermitState.AppliedFor,
                Reference = words,
            }
        );
        using var status = await _scene
            .Host.As("network")
            .PostAsync(
                "/v1/utilities/network/statuses",
                new LegStatusReport
                {
                    StatusId = "S-1",
                    LegId = joint.Legs[0].LegId,
                    State = "returned",
                    At = _scene.Clock.GetUtcNow(),
                    Missing = [words],
                    Reference = words,
                    Fees = [new LegFee { Name = words, Amount = 1 }],
                }
            );

        Assert.True(permit.IsSuccessStatusCode, await permit.Content.ReadAsStringAsync());
        Assert.True(status.IsSuccessStatusCode, await status.Content.ReadAsStringAsync());
        var shown = await _scene.ShownAsync(joint);
        Assert.Equal(words, Assert.Single(shown.Permits!).Reference);
        Assert.Equal(words, shown.Legs[0].Provider!.Reference);
        Assert.Empty(await NothingPersonalIsSaidTests.TracesInAsync(_scene.Host, [s_name]));
    }

    private Task TellAsync(JointApplicationResponse joint, string code, string statusId) =>
        _scene.Host.Agencies.TellAsync(
            "water",
            joint.Legs[0].LegId,
            code,
            ("statusId", statusId),
            ("detail", $"{s_name} {Number} {Mobile}"),
            ("fees", new[] { new { name = $"开户费 {s_name}", amount = 10 } }),
            ("at", JointDeadlineDriver.Time("2026-11-23T09:00:00+08:00"))
        );

    private static LegProblem? Conflict(JointApplicationResponse shown) =>
        shown.Legs[0].Problems?.FirstOrDefault(problem => problem.Problem == "status-conflict");

    private static string Said(IReadOnlyList<TimelineEntry> timeline, string outcome) =>
        Assert.Single(timeline, entry => entry.Outcome == outcome).Detail!;

    private async Task<IReadOnlyList<string>> NoticeDataAsync()
    {
        await using var db = _scene.Host.Services.GetRequiredService<IDbContextFactory<GatewayDb>>().CreateDbContext();
        return await db.Set<NoticeRow>().Select(row => row.Data).ToListAsync();
    }
}
