using Integration.Contracts.V1.JointApplications;
using Integration.Gateway.JointApplications.Model;

namespace Integration.Gateway.Tests.JointApplications;

public sealed class LegIdTests
{
    [Theory]
    [InlineData("jnt_1.water", "jnt_1", Utility.Water)]
    [InlineData("jnt_1.x.television", "jnt_1.x", Utility.Television)]
    public void A_number_is_its_joint_application_and_its_utility(string text, string jointId, Utility utility)
    {
        Assert.True(LegId.TryParse(text, out var legId));
        Assert.Equal((jointId, utility), (legId.JointId, legId.Utility));
        Assert.Equal(text, legId.ToString());
        Assert.Equal(legId, LegId.Parse(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".water")]
    [InlineData("jnt_1")]
    [InlineData("jnt_1.")]
    [InlineData("jnt_1.Water")]
    [InlineData("jnt_1.steam")]
    [InlineData("jnt_1.1")]
    public void Any_other_text_is_none(string? text)
    {
        Assert.False(LegId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => LegId.Parse(text ?? string.Empty));
    }
}
