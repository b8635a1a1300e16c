namespace Integration.Contracts;

/// <summary>
/// Marks a field that says something about a person or that leads to one. Such a field is encrypted at rest and never
/// appears in a log, span, metric, URL or problem.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalDataAttribute : Attribute;
