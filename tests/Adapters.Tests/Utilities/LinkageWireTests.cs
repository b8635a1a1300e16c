using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Adapters.Utilities;
using Integration.Adapters.Utilities.Electricity;
using Integration.Adapters.Utilities.Water;

namespace Integration.Adapters.Tests.Utilities;

/// <summary>What the water and the power company have in common stands on the wire as each of them agreed it.</summary>
public class LinkageWireTests
{
    private static readonly string[] s_shared =
    [
        "bdcdyh",
        "bdcqzh",
        "dlrmc",
        "fddbr",
        "jklx",
        "qlrmc",
        "qlrzjh",
        "qlrzjzl",
        "slbh",
        "tysbh",
        "zl",
    ];

    [Fact]
    public void An_order_for_water_has_the_shared_names_and_its_own()
    {
        var order = Written(
            WaterOrderWriter.Write(Legs.Order(), new WaterOptions { Division = "421022", Unit = "U" }),
            WaterJson.Default.WaterOrder
        );

        Assert.Equal(Sorted([.. s_shared, "qqlsh", "qxdm", "dwdm", "xq", "cl", "fj"]), Names(order));
        Assert.Equal(("xz", "6"), (Text(order, "jklx"), Text(order, "qlrzjzl")));
    }

    [Fact]
    public void An_order_for_power_has_the_shared_names_and_its_own()
    {
        var order = Written(ElectricityOrderWriter.Write(Legs.Order()), ElectricityJson.Default.PowerOrder);

        Assert.Equal(Sorted([.. s_shared, "ddbh", "ywlx", "sqrl", "ydlb", "fjsl"]), Names(order));
        Assert.Equal(("xz", "07", "2"), (Text(order, "jklx"), Text(order, "qlrzjzl"), Text(order, "ywlx")));
    }

    [Fact]
    public void A_transfer_names_what_the_leg_has_and_leaves_out_the_rest()
    {
        var order = Written(ElectricityOrderWriter.Write(Legs.Transfer()), ElectricityJson.Default.PowerOrder);

        Assert.Equal("gh", Text(order, "jklx"));
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "consno", "ywrmc" },
            Names(order).ToHashSet(StringComparer.Ordinal)
        );
        Assert.DoesNotContain("zl", Names(order));
    }

    [Fact]
    public void Only_a_pre_check_that_tells_the_former_holder_names_one()
    {
        var water = Written(new LinkagePreCheck("1001", "1", "张三"), WaterJson.Default.LinkagePreCheck);
        var power = Written(new LinkagePreCheck("1001", "2"), ElectricityJson.Default.LinkagePreCheck);

        Assert.Equal(["consno", "jklx", "sfcxqf", "ywlx", "ywrmc"], Names(water));
        Assert.Equal(["consno", "jklx", "sfcxqf", "ywlx"], Names(power));
        Assert.Equal(("1", "hy", "2"), (Text(power, "sfcxqf"), Text(power, "jklx"), Text(power, "ywlx")));
    }

    private static JsonElement Written<T>(T value, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToElement(value, type);

    private static IEnumerable<string> Names(JsonElement written) =>
        Sorted(written.EnumerateObject().Select(property => property.Name));

    private static IEnumerable<string> Sorted(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);

    private static string? Text(JsonElement written, string name) => written.GetProperty(name).GetString();
}
