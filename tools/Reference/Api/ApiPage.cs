using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace NeuroHal.Reference.Api;

/// <summary>One page for everything public in an assembly.</summary>
internal static class ApiPage
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What the compiler gives every record and structure.
    private static readonly HashSet<string> _usual = ["Equals", "GetHashCode", "ToString", "Deconstruct", "<Clone>$", "op_Equality", "op_Inequality", "GetType"];

    public static string Make(string title, Assembly assembly)
    {
        var comments = new XmlComments(assembly);
        var page = new StringBuilder($"# {title}\n\nMade from the code by `dotnet run --project tools/Reference`.\n");
        foreach (var space in assembly.GetExportedTypes().Where(IsShown).GroupBy(t => t.Namespace!).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            page.Append($"\n## {space.Key}\n");
            foreach (Type type in space.OrderBy(t => t.Name, StringComparer.Ordinal))
            {
                Append(page, type, comments);
            }
        }
        return page.ToString();
    }

    private static void Append(StringBuilder page, Type type, XmlComments comments)
    {
        page.Append($"\n### {TypeNames.Of(type).Replace("<", "\\<", StringComparison.Ordinal)}\n\n`{Kind(type)} {TypeNames.Of(type)}{Bases(type)}`\n\n{comments.Summary(type)}\n");
        if (comments.Text(type, "remarks") is { } remarks)
        {
            page.Append($"\n{remarks}\n");
        }
        foreach ((string name, string text) in comments.Parameters(type, "typeparam"))
        {
            page.Append($"\n- `{name}`: {text}");
        }
        MemberInfo[] members = [.. type.GetMembers(Own).Where(IsShown).OrderBy(Order).ThenBy(m => m.Name, StringComparer.Ordinal)];
        if (type.IsEnum)
        {
            members = [.. type.GetFields(BindingFlags.Public | BindingFlags.Static)];
        }
        if (members.Length > 0)
        {
            page.Append('\n');
        }
        foreach (MemberInfo member in members)
        {
            page.Append($"- `{TypeNames.Signature(member)}`{Colon(comments.Summary(member))}\n");
            foreach ((string name, string text) in comments.Parameters(member).Where(p => p.Text.Length > 0))
            {
                page.Append($"  - `{name}`: {text}\n");
            }
            if (comments.Text(member, "returns") is { Length: > 0 } returns)
            {
                page.Append($"  - returns: {returns}\n");
            }
            foreach ((string exception, string text) in comments.Exceptions(member))
            {
                page.Append($"  - throws `{exception}`: {text}\n");
            }
        }
    }

    private static string Colon(string? text) => text is null ? "" : $": {text}";

    private static bool IsShown(MemberInfo member) => !member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && !_usual.Contains(member.Name)
        && !member.Name.Contains('<', StringComparison.Ordinal)
        && member is not MethodInfo { IsSpecialName: true, Name: not ['o', 'p', '_', ..] }
        && member is not Type { IsNested: true }
        && member is not ConstructorInfo { DeclaringType.IsAbstract: true }
        && !(member is ConstructorInfo constructor && constructor.GetParameters().Length == 0)
        && member is not FieldInfo { IsSpecialName: true };

    private static int Order(MemberInfo member) => member switch
    {
        ConstructorInfo => 0,
        FieldInfo => 1,
        PropertyInfo => 2,
        EventInfo => 3,
        MethodInfo { IsSpecialName: false } => 4,
        _ => 5,
    };

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => type.IsByRefLike ? "ref struct" : "struct",
        _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        if (type.IsEnum || type.IsValueType || type.BaseType is null || type.BaseType == typeof(object) || typeof(Delegate).IsAssignableFrom(type))
        {
            return "";
        }
        return $" : {TypeNames.Of(type.BaseType)}";
    }
}
