import java.io.PrintStream;
import java.util.EnumSet;
import javax.servlet.DispatcherType;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;

/** A Solr on 127.0.0.1, with the home in the property solr.solr.home. Arguments: port, 0 for any. Prints the port. */
public class SolrServer {
  public static void main(String[] arguments) throws Exception {
    // What Solr has to say goes elsewhere: the first line is the port.
    PrintStream out = System.out;
    System.setOut(System.err);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(arguments[0]));
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler(server, "/solr", ServletContextHandler.SESSIONS);
    context.addEventListener(new CoreContainerProvider());
    context.addFilter(new FilterHolder(SolrDispatchFilter.class), "/*", EnumSet.of(DispatcherType.REQUEST));
    server.setStopAtShutdown(true);
    server.start();
    out.println(connector.getLocalPort());
    out.flush();
    server.join();
  }
}
