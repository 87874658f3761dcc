namespace Mempulse.Architecture.Tests.Options.Canaries;

/// <summary>Intentionally wrong: the options rule must catch it.</summary>
public class LooseOptions
{
    public int Count { get; set; }

    public TimeSpan? Pause { get; set; }
}
