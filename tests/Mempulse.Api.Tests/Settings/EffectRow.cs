namespace Mempulse.Api.Tests.Settings;

/// <summary>An option of the node, and what a part of the node does with and without it.</summary>
/// <param name="Option">The setting, or the option of the command line.</param>
/// <param name="Base">What is given in both cases.</param>
/// <param name="Given">What is given to change it.</param>
/// <param name="Effect">What the part was given, or does.</param>
/// <param name="Without">The effect without it.</param>
/// <param name="With">The effect with it.</param>
internal sealed record EffectRow(string Option, string[] Base, string[] Given, Func<BuiltNode, object?> Effect, object? Without, object? With);
