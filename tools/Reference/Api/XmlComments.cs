using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NeuroHal.Reference.Api;

/// <summary>The documentation comments of an assembly, as the compiler wrote them beside it.</summary>
internal sealed partial class XmlComments
{
    private readonly Dictionary<string, XElement> _members;

    public XmlComments(Assembly assembly) => _members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"))
        .Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);

    /// <summary>The comment of a type or member; of a record's property, what its type says of it. Null where there is none.</summary>
    public string? Summary(MemberInfo member)
    {
        if (Text(member, "summary") is { } own)
        {
            string? value = Text(member, "value");
            return value is null ? own : $"{own} {value}";
        }
        return member is PropertyInfo or FieldInfo ? Named(member.DeclaringType!, "param", member.Name) : null;
    }

    /// <summary>A part of the comment, such as <c>returns</c>.</summary>
    public string? Text(MemberInfo member, string part) => _members.GetValueOrDefault(CommentIds.Of(member))?.Element(part) is { } element ? Markdown(element) : null;

    /// <summary>What is said of parameters or type parameters, by name.</summary>
    public IEnumerable<(string Name, string Text)> Parameters(MemberInfo member, string part = "param") => Elements(member, part)
        .Select(e => (e.Attribute("name")!.Value, Markdown(e)));

    /// <summary>The exceptions that are promised.</summary>
    public IEnumerable<(string Type, string Text)> Exceptions(MemberInfo member) => Elements(member, "exception")
        .Select(e => (Simple(e.Attribute("cref")!.Value), Markdown(e)));

    private string? Named(MemberInfo member, string part, string name) => Elements(member, part)
        .FirstOrDefault(e => e.Attribute("name")!.Value == name) is { } element ? Markdown(element) : null;

    private IEnumerable<XElement> Elements(MemberInfo member, string part) => _members.GetValueOrDefault(CommentIds.Of(member))?.Elements(part) ?? [];

    private static string Markdown(XElement element)
    {
        var text = new StringBuilder();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XText words => words.Value.Replace("<", "&lt;", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal),
                XElement { Name.LocalName: "see" or "seealso" } see when see.Attribute("href") is { } link => $"[{(see.IsEmpty ? link.Value : see.Value)}]({link.Value})",
                XElement { Name.LocalName: "see" or "seealso" } see when see.Attribute("langword") is { } word => $"`{word.Value}`",
                XElement { Name.LocalName: "see" or "seealso" } see => $"`{Simple(see.Attribute("cref")!.Value)}`",
                XElement { Name.LocalName: "paramref" or "typeparamref" } reference => $"`{reference.Attribute("name")!.Value}`",
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement other => Markdown(other),
                _ => "",
            });
        }
        return Space().Replace(text.ToString(), " ").Trim();
    }

    /// <summary>The last name of an id, without what it takes; of a member, with its type.</summary>
    private static string Simple(string id)
    {
        string[] names = id[2..].Split('(')[0].Split('.');
        string last = Arity().Replace(names[^1], "");
        return id[0] is 'T' or '!' || names.Length < 2 ? last : $"{Arity().Replace(names[^2], "")}.{last}";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("`+[0-9]+")]
    private static partial Regex Arity();
}
