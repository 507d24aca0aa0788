// Judges OWL files as Protégé would read them: with the OWL API, through the folder's catalog, and
// without a network. One JVM does all of it, ROBOT's steps included.
//
// In: `robot` and its class path; arguments: the folder of the ontology, the Protégé folder, a table of
// explained warnings, and a folder for scratch. Out: a line for each thing found; exit code 1 if any is
// wrong. Refuses to fetch anything: an import that the catalog does not name is an error.

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.*;
import java.util.regex.*;
import java.util.stream.*;
import org.obolibrary.robot.*;
import org.obolibrary.robot.checks.Report;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.expression.ShortFormEntityChecker;
import org.semanticweb.owlapi.formats.*;
import org.semanticweb.owlapi.io.*;
import org.semanticweb.owlapi.manchestersyntax.parser.ManchesterOWLSyntaxClassExpressionParser;
import org.semanticweb.owlapi.model.*;
import org.semanticweb.owlapi.model.parameters.Imports;
import org.semanticweb.owlapi.profiles.*;
import org.semanticweb.owlapi.reasoner.*;
import org.semanticweb.owlapi.util.*;

public class OwlGate {
  static final String ERROR = "http://org.semanticweb.owlapi/error#";
  static final String OURS = "https://w3id.org/netkg/";
  static final List<String> wrong = new ArrayList<>();
  static final Set<String> met = new HashSet<>();

  static void wrong(String text) {
    wrong.add(text);
    System.out.println("WRONG  " + text);
  }

  static void step(String text) {
    System.out.printf("%6.1f s  %s%n", System.nanoTime() / 1e9 - start, text);
  }

  static final double start = System.nanoTime() / 1e9;

  /** Maps the names in a catalog to the files beside it, and everything else to nowhere. */
  static OWLOntologyManager offline(Path folder) throws Exception {
    OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
    Matcher uri =
        Pattern.compile("<uri [^>]*name=\"([^\"]+)\"[^>]*uri=\"([^\"]+)\"")
            .matcher(Files.readString(folder.resolve("catalog-v001.xml")));
    Map<IRI, IRI> places = new HashMap<>();
    while (uri.find()) {
      Path file = folder.resolve(uri.group(2)).normalize();
      if (!Files.exists(file)) wrong("the catalog names " + file + ", which is not there");
      places.put(IRI.create(uri.group(1)), IRI.create(file.toUri()));
    }
    manager.getIRIMappers().add((OWLOntologyIRIMapper) name ->
        places.getOrDefault(name, IRI.create(folder.resolve("nowhere").toUri())));
    return manager;
  }

  static OWLOntology load(Path file) throws Exception {
    OWLOntologyManager manager = offline(file.getParent());
    String name = file.getFileName().toString();
    OWLOntology ontology = manager.loadOntologyFromOntologyDocument(
        new FileDocumentSource(file.toFile()),
        new OWLOntologyLoaderConfiguration()
            .setMissingImportHandlingStrategy(MissingImportHandlingStrategy.SILENT));
    for (OWLImportsDeclaration wanted : ontology.getImportsDeclarations()) {
      OWLOntology found = manager.getImportedOntology(wanted);
      if (found == null
          || !wanted.getIRI().equals(found.getOntologyID().getOntologyIRI().orNull())
          || !ontology.getImports().contains(found)) {
        wrong(name + ": the import " + wanted.getIRI() + " is not in the closure under that IRI");
      }
    }
    for (OWLOntology part : manager.getOntologies()) {
      OWLDocumentFormat format = manager.getOntologyFormat(part);
      if (format.getOntologyLoaderMetaData() instanceof RDFParserMetaData) {
        RDFParserMetaData read = (RDFParserMetaData) format.getOntologyLoaderMetaData();
        if (!read.getUnparsedTriples().isEmpty()) {
          wrong(name + ": unparsed triples, such as " + read.getUnparsedTriples().iterator().next());
        }
      }
    }
    judgeEntities(name, ontology);
    OWLProfileReport profile = new OWL2DLProfile().checkOntology(ontology);
    for (OWLProfileViolation violation : profile.getViolations()) wrong(name + ": OWL 2 DL: " + violation);
    step(name + ": loaded, " + ontology.getAxiomCount(Imports.INCLUDED) + " axioms, profile DL " + profile.isInProfile());
    return ontology;
  }

  static void judgeEntities(String name, OWLOntology ontology) {
    Map<IRI, Set<String>> kinds = new HashMap<>();
    for (OWLEntity entity : ontology.getSignature(Imports.INCLUDED)) {
      if (entity.isBuiltIn()) continue;
      if (entity.getIRI().toString().startsWith(ERROR)) wrong(name + ": " + entity);
      if (!ontology.isDeclared(entity, Imports.INCLUDED)) wrong(name + ": undeclared " + entity);
      kinds.computeIfAbsent(entity.getIRI(), x -> new TreeSet<>()).add(entity.getEntityType().getName());
    }
    kinds.forEach((iri, all) -> { if (all.size() > 1) wrong(name + ": " + iri + " is " + all); });
  }

  /** Runs ROBOT's report and holds it against the table of explained warnings. */
  static void report(String name, OWLOntology ontology, Map<String, String> explained) throws Exception {
    Map<String, String> options = ReportOperation.getDefaultOptions();
    Report report = ReportOperation.getReport(whole(ontology), new IOHelper(), options);
    // The report keeps its rows as text only, and not one a line.
    Matcher row = Pattern.compile("(ERROR|WARN)\t(\\w+)\t([^\t]*)\t").matcher(report.toTSV());
    int seen = 0;
    while (row.find()) {
      if (!row.group(3).contains(OURS)) continue;
      seen++;
      String key = name + " " + row.group(2);
      met.add(key);
      if (row.group(1).equals("ERROR") || !explained.containsKey(key)) {
        wrong(name + ": report: " + row.group(1) + " " + row.group(2) + " " + row.group(3));
      }
    }
    step(name + ": report, " + seen + " warnings or errors on terms of ours");
  }

  /** Merges an ontology with its imports; what others call their own terms is theirs to judge. */
  static OWLOntology whole(OWLOntology ontology) throws Exception {
    OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
    OWLOntology merged = manager.createOntology(
        ontology.getAxioms(Imports.INCLUDED).stream()
            .filter(axiom -> !(axiom instanceof OWLAnnotationAssertionAxiom)
                || ((OWLAnnotationAssertionAxiom) axiom).getSubject().toString().contains(OURS))
            .collect(Collectors.toSet()),
        ontology.getOntologyID().getOntologyIRI().get());
    for (OWLAnnotation note : ontology.getAnnotations()) {
      manager.applyChange(new AddOntologyAnnotation(merged, note));
    }
    return merged;
  }

  /** Gives every entailed subsumption between named classes. */
  static Set<String> hierarchy(OWLOntology ontology, OWLReasonerFactory factory) {
    OWLReasoner reasoner = factory.createReasoner(ontology);
    Set<String> found = new TreeSet<>();
    for (OWLClass sub : ontology.getClassesInSignature(Imports.INCLUDED)) {
      if (!reasoner.isSatisfiable(sub)) wrong(factory.getReasonerName() + ": unsatisfiable " + sub);
      Stream.concat(reasoner.getSuperClasses(sub, false).getFlattened().stream(),
              reasoner.getEquivalentClasses(sub).getEntities().stream())
          .filter(sup -> !sup.equals(sub) && !sup.isOWLThing())
          .forEach(sup -> found.add(sub + " ⊑ " + sup));
    }
    reasoner.dispose();
    return found;
  }

  static void compareReasoners(String name, OWLOntology ontology, Map<String, String> explained) {
    Set<String> elk = hierarchy(ontology, new org.semanticweb.elk.owlapi.ElkReasonerFactory());
    Set<String> hermit = hierarchy(ontology, new org.semanticweb.HermiT.ReasonerFactory());
    Set<String> onlyElk = new TreeSet<>(elk), onlyHermit = new TreeSet<>(hermit);
    onlyElk.removeAll(hermit);
    onlyHermit.removeAll(elk);
    for (String axiom : onlyElk) wrong(name + ": ELK alone derives " + axiom);
    for (String axiom : onlyHermit) {
      String key = name + " " + axiom.replace("<" + OURS + "ontology#", "").replace(">", "");
      met.add(key);
      if (!explained.containsKey(key)) wrong(name + ": HermiT alone derives " + key);
    }
    step(name + ": ELK and HermiT derive " + elk.size() + " and " + hermit.size() + " subsumptions");
  }

  /** Writes and reads an ontology in each form; nothing may be lost. */
  static void roundTrip(String name, OWLOntology ontology, Path scratch) throws Exception {
    Map<String, OWLDocumentFormat> forms = new LinkedHashMap<>();
    forms.put("owl", new RDFXMLDocumentFormat());
    forms.put("ttl", new TurtleDocumentFormat());
    forms.put("owx", new OWLXMLDocumentFormat());
    for (Map.Entry<String, OWLDocumentFormat> form : forms.entrySet()) {
      File file = scratch.resolve(name + "." + form.getKey()).toFile();
      ontology.getOWLOntologyManager().saveOntology(ontology, form.getValue(), IRI.create(file));
      OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
      OWLOntologyLoaderConfiguration alone = new OWLOntologyLoaderConfiguration()
          .setMissingImportHandlingStrategy(MissingImportHandlingStrategy.SILENT);
      manager.getIRIMappers().add((OWLOntologyIRIMapper) iri -> IRI.create(scratch.resolve("nowhere").toUri()));
      OWLOntology read = manager.loadOntologyFromOntologyDocument(new FileDocumentSource(file), alone);
      if (!DiffOperation.equals(ontology, read)) {
        java.io.StringWriter difference = new java.io.StringWriter();
        DiffOperation.compare(ontology, read, difference);
        wrong(name + ": not the same after " + form.getKey() + ": "
            + difference.toString().lines().limit(6).collect(Collectors.joining(" | ")));
      }
    }
    step(name + ": compared with itself after RDF/XML, Turtle and OWL/XML");
  }

  /** Types each query of the README into the reasoner, by labels, as a person does. */
  static void ask(OWLOntology ontology, String readme) {
    Map<String, OWLEntity> byLabel = new HashMap<>();
    Map<OWLEntity, String> labels = new HashMap<>();
    for (OWLEntity entity : ontology.getSignature()) {
      for (OWLAnnotationAssertionAxiom axiom : ontology.getAnnotationAssertionAxioms(entity.getIRI())) {
        if (axiom.getProperty().isLabel()) {
          String label = ((OWLLiteral) axiom.getValue()).getLiteral();
          byLabel.put(label, entity);
          byLabel.put("'" + label + "'", entity);
          labels.put(entity, label);
        }
      }
    }
    BidirectionalShortFormProvider names = new BidirectionalShortFormProvider() {
      public Set<OWLEntity> getEntities(String text) {
        return byLabel.containsKey(text) ? Set.of(byLabel.get(text)) : Set.of();
      }
      public OWLEntity getEntity(String text) { return byLabel.get(text); }
      public Set<String> getShortForms() { return byLabel.keySet(); }
      public String getShortForm(OWLEntity entity) { return labels.get(entity); }
      public void dispose() { }
    };
    // Each query becomes a named class, so that HermiT answers all of them in one classification.
    OWLOntologyManager manager = ontology.getOWLOntologyManager();
    OWLDataFactory factory = manager.getOWLDataFactory();
    Map<OWLClass, String> queries = new LinkedHashMap<>();
    Map<OWLClass, Set<String>> expected = new HashMap<>();
    Matcher query = Pattern.compile("```\\n +(.+)\\n +```\\n\\n +\\d+: (.+)\\n").matcher(readme);
    while (query.find()) {
      OWLClass asked = factory.getOWLClass(IRI.create("urn:query:" + queries.size()));
      queries.put(asked, query.group(1));
      expected.put(asked, new TreeSet<>(Arrays.asList(query.group(2).split(", "))));
      manager.addAxiom(ontology, factory.getOWLEquivalentClassesAxiom(asked,
          new ManchesterOWLSyntaxClassExpressionParser(factory, new ShortFormEntityChecker(names))
              .parse(query.group(1))));
    }
    OWLReasoner reasoner = new org.semanticweb.HermiT.ReasonerFactory().createReasoner(ontology);
    if (!reasoner.isConsistent()) wrong("netkg.owl is inconsistent");
    reasoner.precomputeInferences(InferenceType.CLASS_HIERARCHY, InferenceType.CLASS_ASSERTIONS);
    for (OWLClass asked : queries.keySet()) {
      Set<String> answer = reasoner.getInstances(asked, false).getFlattened().stream()
          .map(labels::get).collect(Collectors.toCollection(TreeSet::new));
      if (!answer.equals(expected.get(asked))) {
        wrong("HermiT answers " + queries.get(asked) + " with " + answer
            + ", the README with " + expected.get(asked));
      }
    }
    int count = queries.size();
    if (count < 10) wrong("the README holds only " + count + " queries");
    step("HermiT answers " + count + " DL queries as the README says");
  }

  static Map<String, String> explanations(Path page) throws Exception {
    Map<String, String> found = new HashMap<>();
    String table = Files.readString(page).split("\\| warning \\| why it stands \\|\n", 2)[1];
    Matcher row = Pattern.compile("(?m)^\\| `([^`]+)` \\| (.+) \\|$").matcher(table);
    while (row.find()) found.put(row.group(1), row.group(2));
    return found;
  }

  public static void main(String[] given) throws Exception {
    Path ontologies = Path.of(given[0]), folder = Path.of(given[1]), scratch = Path.of(given[3]);
    Map<String, String> explained = explanations(Path.of(given[2]));
    for (String name : List.of("netkg.ttl", "alignments.ttl")) {
      OWLOntology ontology = load(ontologies.resolve(name));
      report(name, ontology, explained);
      roundTrip(name, ontology, scratch);
      if (name.equals("alignments.ttl")) compareReasoners(name, ontology, explained);
    }
    for (String name : List.of("ontology.owl", "alignments.owl", "graph.owl", "netkg-full.owl", "netkg.owl")) {
      OWLOntology ontology = load(folder.resolve(name));
      if (name.equals("netkg.owl")) {
        report(name, ontology, explained);
        roundTrip(name, ontology, scratch);
        ask(ontology, Files.readString(folder.resolve("README.md")));
      }
    }
    for (String key : explained.keySet()) {
      if (!met.contains(key)) wrong("docs/protege.md explains what no longer occurs: " + key);
    }
    System.out.println(wrong.isEmpty() ? "all is well" : wrong.size() + " things are wrong");
    System.exit(wrong.isEmpty() ? 0 : 1);
  }
}
