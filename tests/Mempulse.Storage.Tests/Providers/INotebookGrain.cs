namespace Mempulse.Storage.Tests.Providers;

/// <summary>A grain with a state and reminders, both kept by the providers over PostgreSQL.</summary>
public interface INotebookGrain : IGrainWithStringKey
{
    /// <summary>What is written; empty before the first write and after a clearing.</summary>
    Task<string> Read();

    /// <summary>Writes over it.</summary>
    Task Write(string text);

    /// <summary>Clears it.</summary>
    Task Clear();

    /// <summary>The silo that the grain is active on.</summary>
    Task<string> Silo();

    /// <summary>Registers a reminder, or changes it.</summary>
    Task Remind(string name, TimeSpan period);

    /// <summary>The grain's reminders in order.</summary>
    Task<string[]> Reminders();

    /// <summary>Removes a reminder.</summary>
    Task Forget(string name);

    /// <summary>Deactivates the grain; the next call reads its state again.</summary>
    Task Leave();
}
