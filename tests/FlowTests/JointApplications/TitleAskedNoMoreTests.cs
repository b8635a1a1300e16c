using Integration.Contracts.V1.JointApplications;

namespace Integration.FlowTests.JointApplications;

/// <summary>A registry is not asked for ever, and nobody waits without being told.</summary>
public sealed class TitleAskedNoMoreTests : IAsyncLifetime
{
    private AskingScene _scene = null!;

    public async ValueTask InitializeAsync()
    {
        _scene = await AskingScene.Start();
        await _scene.Host.Agencies.OpenAccount("water", TitleAgainTests.Account);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_registry_that_stays_silent_is_asked_no_more_and_its_paper_is_asked_for()
    {
        await _scene.Host.Agencies.Break("real-estate", "http500");
        await _scene.Host.Agencies.Break("licence-library", "http500");
        var joint = await _scene.Open(TitleAgainTests.Form());
        await _scene.UntilAsked(joint, "asked in vain", shown => shown.Legs[0].Next.By > joint.Legs[0].Next.By);
        _scene.Clock.Advance(TimeSpan.FromDays(10) + TimeSpan.FromMinutes(1));
        var ended = await _scene.UntilAsked(joint, "the gap", shown => shown.Missing.Count > 0);
        var gap = Assert.Single(ended.Missing);
        Assert.Equal("propertyTitle", gap.Item);
        Assert.Contains("一直未答复", gap.Text, StringComparison.Ordinal);
        Assert.Null(await _scene.AsksAt(joint));
        Assert.Equal(2, await _scene.Notices("joint.problem"));
        Assert.Contains("asked-no-more", await _scene.OnRecord(joint, "joint"));

        var still = await _scene.Resend(joint, "water");
        Assert.Equal((LegDelivery.Held, null), (still.Legs[0].Delivery, still.Legs[0].Problems![0].ClosedAt));
        var vouched = await _scene.Resend(joint, "water", TitleAgainTests.Paper);
        Assert.Equal("REGISTRY-1", vouched.Legs[0].Problems![0].Reference);
        var sent = await _scene.Until(joint, "it is sent", shown => shown.Legs[0].Delivery == LegDelivery.Arrived);
        Assert.Equal(LegDelivery.Held, sent.Legs[1].Delivery);
    }
}
