namespace Mempulse.Benchmarks;

/// <summary>One area's whole figures: what it measures side by side in one run, printed as a table.</summary>
internal interface IFigures
{
    /// <summary>The name by which the command line asks for it.</summary>
    string Area { get; }

    /// <summary>Measures and prints.</summary>
    void Print(TextWriter output);
}
