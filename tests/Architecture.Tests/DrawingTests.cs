using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

public class DrawingTests
{
    [Theory]
    [InlineData("pipeline", "GatewayPipeline.cs", "Use")]
    [InlineData("endpoints", "GatewayPipeline.cs", "Map")]
    [InlineData("services", "GatewayServices.cs", "Add")]
    public void The_architecture_shows_what_is_registered_in_its_order(string word, string file, string prefix)
    {
        var calls = DrawingRules.Calls(File.ReadAllText(Repository.Path("src", "Gateway", file)), prefix).ToArray();

        Assert.True(calls.Length > 5);
        Report.None(DrawingRules.OutOfOrder(File.ReadAllText(Repository.Path("ARCHITECTURE.md")), word, calls));
    }

    [Theory]
    [InlineData("pipeline  UseDoor · Texts\n          UseLimits\nmore  UseNothing", false)]
    [InlineData("pipeline  UseDoor · UseLimits · Texts", true)]
    [InlineData("pipeline  UseDoor · Texts", true)]
    [InlineData("no drawing", true)]
    public void A_planted_other_order_is_reported(string document, bool reported)
    {
        var calls = DrawingRules.Calls(
            "app.StartFirst(); app.UseDoor(1); app.UseMiddleware<Texts>(); app.MapHealth(); app.UseLimits();",
            "Use"
        );

        Assert.Equal(reported, DrawingRules.OutOfOrder(document, "pipeline", calls).Any());
    }
}
