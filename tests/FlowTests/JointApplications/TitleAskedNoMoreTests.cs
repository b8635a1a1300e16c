using Integration.Contracts.V1.JointApplications;
using Integration.Testing;

namespace Integration.FlowTests.JointApplications;

public sealed class SqliteTitleAskedNoMoreTests : TitleAskedNoMoreTests
{
    protected override Engine Engine => Engine.Sqlite;
}

public sealed class PostgresTitleAskedNoMoreTests : TitleAskedNoMoreTests
{
    protected override Engine Engine => Engine.PostgreSql;
}

/// <summary>A registry is not asked for ever, and no applicant waits without being told.</summary>
public abstract class TitleAskedNoMoreTests : IAsyncLifetime
{
    private JointProofDriver _scene = null!;

    protected abstract Engine Engine { get; }

    public async ValueTask InitializeAsync()
    {
        _scene = await JointProofDriver.StartAsync(Engine);
        await _scene.Host.Agencies.OpenAccountAsync("water", TitleAgainTests.Account);
    }

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_registry_that_stays_silent_is_asked_no_more_and_its_paper_is_asked_for()
    {
        await _scene.Host.Agencies.BreakAsync("real-estate", "http500");
        await _scene.Host.Agencies.BreakAsync("licence-library", "http500");
        var joint = await _scene.OpenAsync(TitleAgainTests.Form());
        await _scene.UntilAskedAsync(joint, "asked in vain", shown => shown.Legs[0].Next.By > joint.Legs[0].Next.By);
        _scene.Clock.Advance(TimeSpan.FromDays(10) + TimeSpan.FromMinutes(1));
        var ended = await _scene.UntilAskedAsync(joint, "the gap", shown => shown.Missing.Count > 0);
        var gap = Assert.Single(ended.Missing);
        Assert.Equal("propertyTitle", gap.Item);
        Assert.Contains("一直未答复", gap.Text, StringComparison.Ordinal);
        Assert.Null(await _scene.AsksAtAsync(joint));
        Assert.Equal(2, await _scene.NoticesAsync("joint.problem"));
        Assert.Contains("asked-no-more", await _scene.OnRecordAsync(joint, "joint"));

        var still = await _scene.ResendAsync(joint, "water");
        Assert.Equal((LegDelivery.Held, null), (still.Legs[0].Delivery, still.Legs[0].Problems![0].ClosedAt));
        var vouched = await _scene.ResendAsync(joint, "water", TitleAgainTests.Paper);
        Assert.Equal("REGISTRY-1", vouched.Legs[0].Problems![0].Reference);
        var sent = await _scene.UntilAsync(joint, "it is sent", shown => shown.Legs[0].Delivery == LegDelivery.Arrived);
        Assert.Equal(LegDelivery.Held, sent.Legs[1].Delivery);
    }
}
