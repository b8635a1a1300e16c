using System.Reflection;
using Integration.Contracts.V1.Verifications;

namespace Integration.Contracts.Tests;

public class PersonalDataTests
{
    private const string Marker = "张三421022197001010112";

    public static TheoryData<Type> TypesWithPersonalData =>
        new(
            typeof(VerificationRequest)
                .Assembly.GetExportedTypes()
                .Where(type => type.GetProperties().Any(property => property.IsDefined(typeof(PersonalDataAttribute))))
        );

    [Theory]
    [MemberData(nameof(TypesWithPersonalData))]
    public void A_type_with_personal_data_prints_none_of_it(Type type)
    {
        var instance = Activator.CreateInstance(type)!;
        foreach (
            var property in type.GetProperties().Where(property => property.IsDefined(typeof(PersonalDataAttribute)))
        )
        {
            property.SetValue(instance, Marker);
        }

        Assert.DoesNotContain(Marker, instance.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rule_finds_types_to_look_at() => Assert.True(TypesWithPersonalData.Count >= 9);
}
