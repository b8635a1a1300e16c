using Integration.Architecture.Tests.Rules;

namespace Integration.Architecture.Tests;

/// <summary>Nothing is allowed by the grants of a client that is not the caller, and nothing sealed is opened unnoticed.</summary>
public class AuthorityTests
{
    [Fact]
    public void Only_the_callers_own_grants_are_asked_except_at_hand_over() =>
        Report.None(AuthorityRules.Violations(Product.Gateway));

    [Theory]
    [InlineData("AsksAnotherClientsGrants uses Integration.Gateway.Callers.CallersSnapshot::GrantsOf")]
    [InlineData("AsksAnotherClientsGrants uses Integration.Gateway.Callers.CallersSnapshot::get_Clients")]
    [InlineData("AsksAnotherClientsGrants uses Integration.Gateway.Callers.CallersSnapshot::Find")]
    [InlineData("AsksAnotherClientsGrants uses Integration.Gateway.Callers.CallerContext::.ctor")]
    [InlineData("AsksAnotherClientsGrants uses Integration.Gateway.Callers.CallerContext::set_Caller")]
    [InlineData("HandsOverElsewhere uses Integration.Gateway.JointApplications.Dispatch.RecipientGrants::.ctor")]
    [InlineData("HandsOverElsewhere uses Integration.Gateway.JointApplications.Dispatch.Allowance::For")]
    [InlineData("OpensUnnoticed uses Integration.Gateway.Platform.Protection.PersonalDataVault::OpenBytes")]
    public void A_planted_use_is_reported(string expected) =>
        Report.Names($"Planted.{expected}", AuthorityRules.Violations(Product.Tests));

    [Fact]
    public void Each_exception_is_used() => Report.None(AuthorityRules.Unused(Product.Gateway));
}
