namespace Mempulse.Builder.RelayData;

/// <summary>A relay with a data API.</summary>
/// <param name="Name">Its name in events and settings.</param>
/// <param name="Url">Its address; ends in a slash.</param>
public sealed record RelayDataSource(string Name, Uri Url);
