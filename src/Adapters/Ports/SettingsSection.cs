namespace Integration.Adapters.Ports;

/// <summary>That a section of the configuration is read into an options class; registered beside the class, so that the start can look at every key.</summary>
/// <param name="Path">E.g. <c>Agencies:water</c>.</param>
/// <param name="Options">The class; its properties are the keys.</param>
public sealed record SettingsSection(string Path, Type Options);
