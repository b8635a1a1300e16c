using Integration.Contracts.Identifiers;

namespace Integration.Contracts.Tests;

public class ResidentIdTests
{
    [Fact]
    public void A_valid_number_is_read() => Assert.True(ResidentId.Parse("11010519491231002X").IsValid);
}
