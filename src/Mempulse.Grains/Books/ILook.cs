namespace Mempulse.Grains.Books;

/// <summary>One look at what the fold asks for: it is read, and appended to the log.</summary>
internal interface ILook
{
    /// <summary>Looks once.</summary>
    /// <param name="problem">What the look before returned; the fold is told.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Why something could not be read or recorded, in a sentence; empty if everything was.</returns>
    Task<string> LookAsync(string problem, CancellationToken cancellationToken);
}
