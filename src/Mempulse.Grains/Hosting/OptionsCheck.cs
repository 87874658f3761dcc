using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Hosting;

/// <summary>Validates options when a host starts: ranges by their attributes, relations by <see cref="IValidatableObject"/>.</summary>
/// <remarks>A problem is one sentence that names the setting as the configuration does.</remarks>
public static class OptionsCheck
{
    private const string OurNamespace = nameof(Mempulse) + ".";

    /// <summary>Registers options that are validated on start.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">Their configuration section, such as Mempulse:Log.</param>
    public static OptionsBuilder<T> AddCheckedOptions<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, CheckOf<T>>(_ => new CheckOf<T>(section)));
        return services.AddOptions<T>().ValidateOnStart();
    }

    /// <summary>Returns the problems of options, one sentence each; empty when they are valid.</summary>
    /// <param name="section">Their configuration section.</param>
    /// <param name="options">The options; nested options are validated too.</param>
    public static IReadOnlyList<string> Problems<T>(string section, T options)
        where T : class
    {
        var problems = new List<string>();
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            string name = $"{section}:{property.Name}";
            object? value = property.GetValue(options);
            problems.AddRange(property.GetCustomAttributes<ValidationAttribute>()
                .Where(rule => !rule.IsValid(value))
                .Select(rule => $"'{value}' is not a valid {name}: expected {Expected(rule)}."));
            if (value is not null && IsOptions(property.PropertyType))
            {
                problems.AddRange(Problems(name, value));
            }
        }

        if (problems.Count == 0 && options is IValidatableObject related)
        {
            problems.AddRange(related.Validate(new ValidationContext(options)).Select(result => $"The section {section} is not valid: {result.ErrorMessage}"));
        }

        return problems;
    }

    private static bool IsOptions(Type type) =>
        type.IsClass
        && type.Namespace?.StartsWith(OurNamespace, StringComparison.Ordinal) == true
        && (type.Name.EndsWith("Options", StringComparison.Ordinal) || type.Name.EndsWith("Settings", StringComparison.Ordinal));

    private static string Expected(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => $"{range.Minimum} to {range.Maximum}",
        EnumDataTypeAttribute names => string.Join(", ", Enum.GetNames(names.EnumType)),
        { ErrorMessage: { } expected } => expected,
        RequiredAttribute => "a value",
        MinLengthAttribute least => $"at least {least.Length} entries",
        _ => rule.FormatErrorMessage("it"),
    };

    private sealed class CheckOf<T>(string section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) =>
            Problems(section, options) is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
