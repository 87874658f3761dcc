namespace Mempulse.Benchmarks;

/// <summary>The figures of one area, measured side by side in one run and printed as a table.</summary>
internal interface IFigures
{
    /// <summary>The area's name on the command line.</summary>
    string Area { get; }

    /// <summary>Measures and prints.</summary>
    void Print(TextWriter output);
}
