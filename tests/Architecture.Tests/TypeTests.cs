using System.Reflection;
using Integration.Architecture.Tests.Planted;
using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

public class TypeTests
{
    private static readonly Type[] s_planted = Product.Tests.GetTypes();

    private static IEnumerable<Type> Inner => Types(Product.Adapters, Product.Gateway, Product.Sandbox, Product.Try);

    private static IEnumerable<Type> Everything => Types([.. Product.All]);

    [Fact]
    public void Types_are_internal_unless_public_on_purpose() => Report.None(TypeRules.NotInternal(Inner));

    [Fact]
    public void A_planted_public_type_is_reported() =>
        Report.Names(
            "Integration.Architecture.Tests.Planted.PublicForNoReason is public",
            TypeRules.NotInternal(s_planted)
        );

    [Fact]
    public void Classes_are_sealed() => Report.None(TypeRules.NotSealed(Everything));

    [Fact]
    public void A_planted_open_class_is_reported() =>
        Report.Names(nameof(OpenForNoReason), TypeRules.NotSealed(s_planted));

    [Fact]
    public void Names_say_something() => Report.None(TypeRules.NamedForNothing(Everything));

    [Theory]
    [InlineData("CaseManager is named Manager")]
    [InlineData("CommonThings is named Common")]
    [InlineData("Text.Util.Words is named Util")]
    public void A_planted_empty_name_is_reported(string expected) =>
        Report.Names(expected, TypeRules.NamedForNothing(s_planted));

    [Fact]
    public void A_utility_is_a_word_of_the_field() =>
        Assert.DoesNotContain(
            TypeRules.NamedForNothing(s_planted),
            name => name.Contains("UtilityAccount", StringComparison.Ordinal)
        );

    [Fact]
    public void No_factory_is_named_Of() => Report.None(TypeRules.NamedOf(Everything));

    [Theory]
    [InlineData("PlantedFactory has Of")]
    [InlineData("PlantedPart+Of has Of")]
    [InlineData("PlantedFactory has <Local>g__Of|")]
    public void A_planted_factory_named_Of_is_reported(string expected) =>
        Report.Names(expected, TypeRules.NamedOf(s_planted));

    [Fact]
    public void Nothing_needs_more_than_six_others() => Report.None(TypeRules.TooManyDependencies(Everything));

    [Fact]
    public void A_planted_constructor_with_seven_is_reported() =>
        Report.Names("NeedsSeven has 7 constructor dependencies", TypeRules.TooManyDependencies(s_planted));

    private static IEnumerable<Type> Types(params Assembly[] assemblies) =>
        assemblies.SelectMany(assembly => assembly.GetTypes());
}
