namespace Integration.Gateway.Platform.Files;

/// <summary>What one reading of a file found: its content, or everything that is wrong with it.</summary>
/// <param name="Version">Of what was read, good or not; null: the file could not be read.</param>
/// <param name="Content">Null when there is a fault.</param>
/// <param name="Faults">Every fault; none when there is content.</param>
internal sealed record FileReading<TContent, TFault>(string? Version, TContent? Content, IReadOnlyList<TFault> Faults)
    where TContent : class;
